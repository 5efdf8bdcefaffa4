# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# asyncio.Protocol callbacks (data_received), the result comes 0.3 s later with call_later
import asyncio
import re
import sys


class SumProtocol(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.buffer = bytearray()
        self.total = 0
        self.over = False

    def data_received(self, data):
        if self.over:
            return                      # nobody listens any more
        self.buffer.extend(data)
        while not self.over:
            end = self.buffer.find(b"\n")
            if end < 0:
                if len(self.buffer) > 65536:
                    self.finish("ERR your number is too long")
                return
            message = bytes(self.buffer[:end])
            del self.buffer[:end + 1]
            self.message(message.removesuffix(b"\r"))

    def message(self, message):
        if message == b"#":
            self.over = True
            asyncio.get_running_loop().call_later(0.3, self.finish, str(self.total))
        elif m := re.fullmatch(rb"[ \t]*([+-]?\d{1,19})[ \t]*", message):
            self.total += int(m[1])
        else:
            self.finish("ERR cannot add this")

    def finish(self, text):
        self.over = True
        if self.transport.is_closing():
            return
        self.transport.write(text.encode() + b"\n")
        if self.transport.can_write_eof():
            self.transport.write_eof()
        asyncio.get_running_loop().call_later(1, self.transport.close)

    def eof_received(self):
        # the other side sends nothing more; keep our half open only if an answer is still due
        return self.over

    def connection_lost(self, exc):
        if exc:
            print("lost:", exc, file=sys.stderr)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(SumProtocol, "127.0.0.1", int(sys.argv[1]), reuse_address=True)
    print("sum server running")
    await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
