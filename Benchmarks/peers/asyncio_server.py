# SPDX-License-Identifier: Apache-2.0
"""guess, sum and broadcast with asyncio streams: asyncio_server.py PROTOCOL PORT."""

import asyncio
import resource
import sys

from session import ERROR, SESSIONS

writers = set()


async def answer_lines(make_session, reader, writer):
    """One client of guess or sum, as the asyncio documentation does it: line, answer, drain."""
    session = make_session()
    try:
        while line := await reader.readline():
            if answer := session.answer(line.rstrip(b"\n")):
                writer.write(answer)
                await writer.drain()
    except ValueError:
        writer.write(ERROR)
    except ConnectionError:
        pass
    writer.close()


async def broadcast(reader, writer):
    """One member of the room."""
    writers.add(writer)
    writer.write(b"welcome\n")
    try:
        while line := await reader.readline():
            said = b"said: " + line
            for receiver in writers:
                receiver.write(said)
            await writer.drain()
    except ConnectionError:
        pass
    writers.discard(writer)
    writer.close()


async def main():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    make_session = SESSIONS.get(sys.argv[1])

    async def serve(reader, writer):
        if make_session is None:
            await broadcast(reader, writer)
        else:
            await answer_lines(make_session, reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[2]), backlog=4096)
    await server.serve_forever()


asyncio.run(main())
