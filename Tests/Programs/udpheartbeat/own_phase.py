# SPDX-License-Identifier: Apache-2.0
# corpus: server pass args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# DatagramProtocol; every client has a beat of its own, which begins soon after its Hello
import asyncio
import sys
import time


class Beat(asyncio.DatagramProtocol):
    def __init__(self, interval, timeout):
        self.interval, self.timeout = interval, timeout
        self.heard = {}
        self.tasks = {}

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        match data.split(b" "):
            case [b"Hello"]:
                pass
            case [b"Hello,", b"groundhog", b"day", n] if n.isdigit():
                pass
            case _:
                return
        self.heard[addr] = asyncio.get_running_loop().time()
        if addr not in self.tasks:
            print("hello", addr)
            self.tasks[addr] = asyncio.create_task(self.beat(addr))

    def error_received(self, exc):
        print("network says:", exc)

    async def beat(self, addr):
        loop = asyncio.get_running_loop()
        due = loop.time() - self.interval * 0.8  # the first one comes soon
        while True:
            due += self.interval
            await asyncio.sleep(due - loop.time())
            if loop.time() - self.heard[addr] >= self.timeout:
                break
            self.transport.sendto(b"%d" % time.time(), addr)
        print("bye", addr)
        del self.heard[addr], self.tasks[addr]


async def main(port, interval=5.0, timeout=30.0):
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: Beat(interval, timeout), local_addr=("127.0.0.1", port))
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1]), *map(float, sys.argv[2:])))
