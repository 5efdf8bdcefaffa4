# SPDX-License-Identifier: Apache-2.0
# corpus: server fail S2 args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# Port 8005, always.
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
            seen[addr] = time.monotonic()
            print(addr, data.decode("utf-8", "replace"), flush=True)

    def beat(self):
        for addr, when in list(seen.items()):
            if time.monotonic() - when > timeout:
                del seen[addr]
            else:
                self.transport.sendto(str(int(time.time())).encode(), addr)


async def main():
    loop = asyncio.get_running_loop()
    port = 8005
    _, heart = await loop.create_datagram_endpoint(Heart, local_addr=("127.0.0.1", port))
    while True:
        await asyncio.sleep(interval)
        heart.beat()


asyncio.run(main())
