# SPDX-License-Identifier: Apache-2.0
# corpus: server fail S4
# Adds a number to the text of the port.
import asyncio
import itertools
import sys

numbers = itertools.count(1)


async def client(reader, writer):
    try:
        await reader.readuntil(b"\r\n\r\n")
        n = next(numbers)
        print(f"Total {n}", flush=True)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        writer.write(f"Total {n}".encode())
        await writer.drain()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", sys.argv[1] + 0, limit=1 << 16)
    async with server:
        await server.serve_forever()


asyncio.run(main())
