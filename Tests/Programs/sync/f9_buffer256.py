# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F9
# A message of more than 256 bytes does not fit into the buffer and is an error.
import socket
import sys
import threading

SIZE = 256


class Lines:
    def __init__(self, c):
        self.c = c
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) == SIZE:
                raise ValueError("too long")
            part = self.c.recv(SIZE - len(self.buffer))
            if not part:
                raise ConnectionError("closed")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode().removesuffix("\r")


def talk(c):
    lines = Lines(c)
    c.sendall(b"Hello and welcome\n")
    print("Client said: ", lines.next())
    c.sendall(b"Thank you\n")


def handle(c):
    try:
        try:
            talk(c)
        except ValueError as error:
            c.sendall(f"ERR {error}\n".encode())
    except OSError:
        pass  # the client has gone
    finally:
        c.close()


def main():
    port = int(sys.argv[-1])
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        c, address = server.accept()
        threading.Thread(target=handle, args=(c,), daemon=True).start()


main()
