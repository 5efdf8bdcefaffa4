# SPDX-License-Identifier: Apache-2.0
"""Builds the programs of the benchmarks, runs servers and load generator on fixed cores."""

import os
import pathlib
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILT = ROOT / ".build" / "benchmarks"
PNPRUN = BUILT / "pnprun"

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


class BenchmarkError(Exception):
    """A program could not be built, or a run failed; the text says which and why."""


def build_c():
    """Compiles the C programs with -O2."""
    BUILT.mkdir(parents=True, exist_ok=True)
    for name in ("load.c", "udp_load.c", "peers/epoll_server.c", "peers/udp_server.c"):
        source = HERE / name
        command = ["cc", "-O2", "-Wall", "-Wextra", "-o", BUILT / source.stem, source]
        if subprocess.run(command, check=False).returncode != 0:
            raise BenchmarkError(f"{source.name} does not compile")


def build_other_peers():
    """Builds the SwiftNIO and Go servers; returns the names of those that could be built."""
    folder = HERE / "peers"
    scratch = BUILT / "swiftnio"
    swift = ["swift", "build", "-c", "release", "--package-path", folder / "swiftnio"]
    commands = {
        "SwiftNIO": [*swift, "--scratch-path", scratch],
        "Go": ["go", "build", "-o", BUILT / "go_server", folder / "go" / "main.go"],
    }
    built = []
    for name, command in commands.items():
        try:
            result = subprocess.run(
                command, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        except OSError as error:
            print(f"without {name}: {error}", file=sys.stderr)
            continue
        if result.returncode == 0:
            built.append(name)
        else:
            print(f"without {name}:\n{result.stdout[-1000:]}", file=sys.stderr)
    if "SwiftNIO" in built:
        shutil.copy(scratch / "release" / "nio_server", BUILT)
    return built


def build_pnprun():
    """Builds the release pnprun, and drops its debug information, which valgrind cannot read."""
    command = [ROOT / "scripts" / "release.sh"]
    result = subprocess.run(
        command, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if result.returncode != 0:
        raise BenchmarkError("pnprun does not build:\n" + result.stdout[-2000:])
    release = ROOT / ".build" / "release" / "pnprun"
    subprocess.run(["strip", "--strip-debug", "-o", PNPRUN, release], check=True)


def pnprun_command(spec, port, settings=()):
    """The command that starts pnprun as the server of a specification."""
    command = [PNPRUN, spec, "--role", "server", "--port", str(port), "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    return command


def server_command(peer, protocol, port):
    """The command that starts a peer's server of a protocol."""
    if peer == "pnprun":
        return pnprun_command(HERE / "protocols" / f"{protocol}.yaml", port)
    if peer == "C epoll":
        return [BUILT / "epoll_server", protocol, str(port)]
    if peer in ("SwiftNIO", "Go"):
        return [BUILT / ("nio_server" if peer == "SwiftNIO" else "go_server"), protocol, str(port)]
    program = HERE / "peers" / f"{peer.split()[-1]}_server.py"
    return [sys.executable, program, protocol, str(port)]


def free_port(kind=socket.SOCK_STREAM):
    """A port that nobody has bound now."""
    with socket.socket(type=kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def allow_many_files():
    """Raises the limit of open files, which children inherit, as far as it goes."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def pinned(command, core):
    """The command, bound to one core."""
    return ["taskset", "--cpu-list", str(core), *command]


class Server:
    """A server process on its own core, for the length of a `with` block."""

    def __init__(self, peer, protocol, prefix=()):
        self.peer = peer
        self.port = self.choose_port()
        self.errors = tempfile.TemporaryFile()
        self.command = [*prefix, *self.build_command(protocol)]

    def choose_port(self):
        """A port that is free for the protocols of this kind of server."""
        return free_port()

    def build_command(self, protocol):
        """The command that starts the server at its port."""
        return server_command(self.peer, protocol, self.port)

    def __enter__(self):
        try:
            self.process = subprocess.Popen(
                pinned(self.command, SERVER_CORE),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
            )
        except OSError as error:
            raise BenchmarkError(f"{self.peer}: {error}") from error
        try:
            self.await_listening()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.errors.close()

    def is_listening(self):
        """Whether the port accepts."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def await_listening(self):
        """Waits until the server can be reached; 20 s suffice even under valgrind."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise BenchmarkError(f"{self.peer}: {self.failure()}")
            if self.is_listening():
                return
            time.sleep(0.005)
        raise BenchmarkError(f"{self.peer}: does not listen on port {self.port} after 20 s")

    def failure(self):
        """The last thing that the server said on its standard error."""
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"the server ended with status {self.process.poll()}"

    def cpu_seconds(self):
        """Processor time of all threads so far, from the scheduler's own count."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def resident_bytes(self):
        """Resident memory now."""
        pages = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


class Load:
    """A load generator on its own core, for the length of a `with` block."""

    def __init__(self, server, program, mode, *arguments):
        self.server = server
        self.name = f"{server.peer}, {mode}"
        self.command = [BUILT / program, mode, *map(str, arguments)]

    def __enter__(self):
        self.process = subprocess.Popen(
            pinned(self.command, LOAD_CORE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def expect(self, word):
        """Reads the next line, which begins with the word; returns the numbers that follow."""
        line = self.process.stdout.readline().split()
        if not line or line[0] != word:
            error = self.process.stderr.read().strip()
            if self.server.process.poll() is not None:
                error += f"; {self.server.failure()}"
            raise BenchmarkError(f"{self.name}: {error}")
        return [float(number) for number in line[1:]]
