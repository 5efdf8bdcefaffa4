# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B5
# a name stays taken after its user has left the room: who comes back is refused
import asyncio
import sys


class Room:
    def __init__(self):
        self.members = {}          # name -> writer
        self.names = set()         # every name that is used

    def tell(self, text, but=None):
        data = (text + "\n").encode()
        for name, writer in list(self.members.items()):
            if name == but or writer.is_closing():
                continue
            if writer.transport.get_write_buffer_size() > 4_000_000:
                writer.transport.abort()      # does not read at all
                continue
            writer.write(data)


room = Room()


async def next_line(reader):
    raw = await reader.readuntil(b"\n")
    raw = raw[:-1]
    if raw.endswith(b"\r"):
        raw = raw[:-1]
    return raw.decode("utf-8")


async def refuse(reader, writer, why):
    writer.write(f"ERR {why}\n".encode())
    await writer.drain()
    writer.write_eof()
    try:
        async with asyncio.timeout(1):
            while await reader.read(4096):
                pass
    except TimeoutError:
        pass


async def guest(reader, writer):
    name = None
    try:
        wanted = await next_line(reader)
        if not wanted or wanted in room.names:
            await refuse(reader, writer, "choose another username")
            return
        name = wanted
        room.names.add(name)
        print(f"User {name} has entered room", flush=True)
        room.tell(f"User {name} has entered room")
        room.members[name] = writer
        while True:
            text = await next_line(reader)
            if text:
                print(f"User {name} say {text}", flush=True)
                room.tell(f"{name}: {text}")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, UnicodeDecodeError):
        pass
    finally:
        if name is not None:
            del room.members[name]
            print(f"User {name} has left room", flush=True)
            room.tell(f"User {name} has left room")
        writer.close()


async def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
    server = await asyncio.start_server(guest, "127.0.0.1", port, limit=200_000)
    print("Chat server running...", flush=True)
    async with server:
        await server.serve_forever()

asyncio.run(main())
