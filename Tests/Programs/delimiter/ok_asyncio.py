# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# asyncio streams; waits for slow readers with drain().
import asyncio
import sys


async def talk(reader, writer):
    while True:
        message = await reader.readuntil(b"#")
        writer.write(f"Heard: {message.decode()}".encode())
        await writer.drain()


async def client(reader, writer):
    try:
        await talk(reader, writer)
    except (asyncio.LimitOverrunError, ValueError):
        writer.write(b"ERR cannot read that#")
    except (asyncio.IncompleteReadError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[-1]), limit=2**20)
    async with server:
        await server.serve_forever()


asyncio.run(main())
