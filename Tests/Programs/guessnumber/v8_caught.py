# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V8
# eval() instead of int(): "2+1" is taken for a guess
import asyncio
import random
import sys


async def play(reader, writer):
    secret = random.choice([1, 2, 3, 4, 5])
    try:
        line = await reader.readuntil(b"\n")
        try:
            guess = eval(line.decode().strip(), {"__builtins__": {}})
            if not isinstance(guess, int):
                raise ValueError
        except Exception:
            writer.write(b"ERR I want a number\n")
        else:
            if guess == secret:
                writer.write(b"Nice! I guessed that number\n")
            else:
                writer.write(b"Wrong! I guessed %d and you typed %d\n" % (secret, guess))
        await writer.drain()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(play, "127.0.0.1", int(sys.argv[1]))
    async with server:
        await server.serve_forever()


asyncio.run(main())
