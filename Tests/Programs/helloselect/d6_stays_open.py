# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D6
# Leaves the connection open after the answer.
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
        await reader.read()  # the client is the first to close
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[1]), limit=1 << 16)
    async with server:
        await server.serve_forever()


asyncio.run(main())
