# SPDX-License-Identifier: Apache-2.0
# corpus: server pass args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# Each client has its own beat, which begins with its first Hello.
import asyncio
import sys
import time

interval = float(sys.argv[2]) if len(sys.argv) > 2 else 5
timeout = float(sys.argv[3]) if len(sys.argv) > 3 else 30
seen = {}  # address -> when it was last heard


class Heart(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        if data.startswith(b"Hello"):
            new = addr not in seen
            seen[addr] = time.monotonic()
            if new:
                asyncio.get_running_loop().call_later(interval, self.beat, addr)
            print(addr, data.decode("utf-8", "replace"), flush=True)

    def beat(self, addr):
        if time.monotonic() - seen[addr] > timeout:
            del seen[addr]
            return
        self.transport.sendto(str(int(time.time())).encode(), addr)
        asyncio.get_running_loop().call_later(interval, self.beat, addr)


async def main():
    loop = asyncio.get_running_loop()
    port = int(sys.argv[1])
    await loop.create_datagram_endpoint(Heart, local_addr=("127.0.0.1", port))
    await asyncio.Event().wait()


asyncio.run(main())
