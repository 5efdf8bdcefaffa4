# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F1
# read(100) brings what is there, not a line.
import asyncio
import re
import sys


def integer(line):
    if not re.fullmatch(rb"[ \t]*[+-]?[0-9]+[ \t]*\r?\n", line):
        raise ValueError
    return int(line)


async def talk(reader, writer):
    total = 0
    while (text := await reader.read(100)).strip() != b"#":
        if not text:
            return
        total += integer(text.strip() + b"\n")
    writer.write(b"%d\n" % total)


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
