# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# asyncio streams; the answer comes after a short rest.
import asyncio
import re
import sys


def integer(line):
    if not re.fullmatch(rb"[ \t]*[+-]?[0-9]+[ \t]*\r?\n", line):
        raise ValueError
    return int(line)


async def talk(reader, writer):
    numbers = []
    while (line := await reader.readuntil(b"\n")).rstrip(b"\r\n") != b"#":
        numbers.append(integer(line))
    await asyncio.sleep(0.3)
    writer.write(b"%d\n" % sum(numbers))


async def client(reader, writer):
    try:
        await talk(reader, writer)
    except (asyncio.LimitOverrunError, ValueError):
        writer.write(b"ERR cannot read that\n")
    except (asyncio.IncompleteReadError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[-1]), limit=2**16)
    async with server:
        await server.serve_forever()


asyncio.run(main())
