# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D7
# Closes after a user's first message, as in the exercises with one question and one answer.
import asyncio
import sys

users = {}  # username -> StreamWriter


def tell(text, but=None):
    for name, writer in users.items():
        if name != but and not writer.is_closing():
            writer.write(f"{text}\n".encode())


async def read_line(reader):
    data = await reader.readline()
    if not data.endswith(b"\n"):
        raise ConnectionError("end of stream")
    return data[:-1].removesuffix(b"\r").decode("utf-8")


async def client(reader, writer):
    name = None
    try:
        username = await read_line(reader)
        if username == "" or username in users:
            writer.write(b"ERR sorry, that username is empty or taken\n")
            return
        name = username
        print(f"User {name} has entered room", flush=True)
        tell(f"User {name} has entered room")
        users[name] = writer
        text = ""
        while text == "":
            text = await read_line(reader)
        print(f"User {name} say {text}", flush=True)
        tell(f"{name}: {text}")
    except OSError:
        pass
    except ValueError:
        # not UTF-8, or a line over the limit
        writer.write(b"ERR bad line\n")
    finally:
        if name is not None:
            del users[name]
            print(f"User {name} has left room", flush=True)
            tell(f"User {name} has left room")
        writer.close()


async def main():
    server = await asyncio.start_server(client, "127.0.0.1", int(sys.argv[1]), limit=1 << 20)
    print("Chat server running...", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
