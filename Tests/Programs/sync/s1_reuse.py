# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import socket
import sys
import threading

LIMIT = 65536


class Lines:
    def __init__(self, c):
        self.c = c
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > LIMIT:
                raise ValueError("too long")
            part = self.c.recv(4096)
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
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        c, address = server.accept()
        threading.Thread(target=handle, args=(c,), daemon=True).start()


main()
