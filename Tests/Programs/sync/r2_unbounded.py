# SPDX-License-Identifier: Apache-2.0
# corpus: server warn R2
# The buffer grows as long as no end of a message comes.
import socket
import sys
import threading


class Lines:
    def __init__(self, c):
        self.c = c
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer:
            part = self.c.recv(65536)
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
