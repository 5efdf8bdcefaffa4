# SPDX-License-Identifier: Apache-2.0
"""What is compared over UDP, and how a server of datagrams is started and measured."""

import dataclasses
import pathlib
import socket

import harness
from harness import BenchmarkError, Load, Server

PEERS = ("pnprun", "C recvfrom", "C recvmmsg")
REFERENCE = "C recvfrom"

RATE = "echoes (heartbeats: datagrams in and out) per second"
CPU = "server CPU, µs per echo (datagram)"
MEMORY = "resident memory, bytes per session"
LOST = "datagrams lost, of 1,000"
DECIMALS = {RATE: 0, CPU: 3, MEMORY: 0, LOST: 2}

# Seconds; shorter ones show nothing else. A client that is silent for the timeout is forgotten.
INTERVAL, TIMEOUT = 1, 30
SHORTEST_HEARTBEAT = 2 * INTERVAL


def is_skipped(peer, scenario):
    """Whether a peer does not speak the protocol."""
    return peer == "C recvmmsg" and scenario.mode != "echo"


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One thing to measure: each socket has `window` datagrams on their way, 0 for heartbeats."""

    name: str
    sockets: int
    window: int

    @property
    def mode(self):
        """The mode of the C programs."""
        return "echo" if self.window > 0 else "heartbeat"


SCENARIOS = (
    Scenario("echo, 100 peers", 100, 1),
    Scenario("echo, 100 peers, 16 in flight each", 100, 16),
    Scenario("echo, 1,000 peers", 1_000, 1),
    Scenario("heartbeats of 10,000 peers", 10_000, 0),
)


class DatagramServer(Server):
    """A server over UDP; its protocol is a mode of the C programs."""

    def choose_port(self):
        return harness.free_port(socket.SOCK_DGRAM)

    def build_command(self, protocol):
        is_echo = protocol == "echo"
        if self.peer != "pnprun":
            mode = "batches" if self.peer == "C recvmmsg" else protocol
            times = [] if is_echo else [str(INTERVAL), str(TIMEOUT)]
            return [harness.BUILT / "udp_server", mode, str(self.port), *times]
        if is_echo:
            return harness.pnprun_command(harness.HERE / "protocols" / "udpecho.yaml", self.port)
        settings = (
            f"client_interval={INTERVAL}s",
            f"server_interval={INTERVAL}s",
            f"client_timeout={TIMEOUT}s",
        )
        spec = harness.ROOT / "protocols" / "udpheartbeat.yaml"
        return harness.pnprun_command(spec, self.port, settings)

    def is_listening(self):
        """Whether the kernel knows a socket at the port; nobody answers a connection over UDP."""
        sockets = pathlib.Path("/proc/net/udp").read_text().splitlines()[1:]
        return any(line.split()[1].endswith(f":{self.port:04X}") for line in sockets)


def measure(peer, scenario, seconds):
    """One run: the figures of the tables by title."""
    is_echo = scenario.mode == "echo"
    arguments = [scenario.sockets, seconds if is_echo else max(seconds, SHORTEST_HEARTBEAT)]
    if is_echo:
        arguments.append(scenario.window)
    with DatagramServer(peer, scenario.mode) as server:
        empty = server.resident_bytes()
        with Load(server, "udp_load", scenario.mode, server.port, *arguments) as load:
            load.expect("ready")
            load.expect("begin")
            before = server.cpu_seconds()
            datagrams, elapsed, lost = load.expect("end")
            cpu = server.cpu_seconds() - before
            growth = server.resident_bytes() - empty
    if datagrams == 0:
        raise BenchmarkError(f"{peer}, {scenario.name}: nothing was answered in {elapsed:.1f} s")
    figures = {
        RATE: datagrams / elapsed,
        CPU: cpu / datagrams * 1e6,
        LOST: lost / (datagrams + lost) * 1e3,
    }
    if not is_echo:
        figures[MEMORY] = growth / scenario.sockets
    return figures
