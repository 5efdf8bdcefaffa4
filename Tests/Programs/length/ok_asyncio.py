# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# asyncio streams; the length and the text leave in separate writes.
import asyncio
import sys


def tell(writer, text):
    data = text.encode()
    writer.write(len(data).to_bytes(2, "big"))
    writer.write(data)


async def client(reader, writer):
    try:
        while True:
            size = int.from_bytes(await reader.readexactly(2), "big")
            text = (await reader.readexactly(size)).decode()
            print("Client said:", text, flush=True)
            if size + 7 > 65535:
                raise ValueError("does not fit")
            tell(writer, "Heard: " + text)
            await writer.drain()
    except ValueError:
        tell(writer, "ERR no such text")
    except (asyncio.IncompleteReadError, OSError):
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[-1]))
    await server.serve_forever()


asyncio.run(main())
