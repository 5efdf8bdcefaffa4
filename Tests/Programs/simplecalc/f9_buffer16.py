# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F9
# The buffer has 16 bytes; a longer message is cut in two (blanks and zeros before a number can
# make it that long).
import re
import socket
import sys
import threading

SIZE = 16


class Lines:
    def __init__(self, conn):
        self.conn = conn
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer and len(self.buffer) < SIZE:
            data = self.conn.recv(SIZE - len(self.buffer))
            if not data:
                raise ConnectionError("closed")
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.decode().removesuffix("\r")


def number(line):
    text = line.strip(" \t")
    if not re.fullmatch("[+-]?[0-9]+", text):
        raise ValueError("not a number")
    return int(text)


def session(conn):
    lines = Lines(conn)
    first = number(lines.next())
    second = number(lines.next())
    conn.sendall(f"{first + second}\n".encode())


def serve(conn):
    try:
        try:
            session(conn)
        except ValueError as error:
            conn.sendall(f"ERR {error}\n".encode())
    except OSError:
        pass  # the client has gone
    finally:
        conn.close()


def main():
    port = int(sys.argv[-1])
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        conn, address = server.accept()
        threading.Thread(target=serve, args=(conn,), daemon=True).start()


main()
