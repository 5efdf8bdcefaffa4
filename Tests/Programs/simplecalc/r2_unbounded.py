# SPDX-License-Identifier: Apache-2.0
# corpus: server warn R2
# The buffer grows as long as no end of a message comes.
import re
import socket
import sys
import threading


class Lines:
    def __init__(self, conn):
        self.conn = conn
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer:
            data = self.conn.recv(65536)
            if not data:
                raise ConnectionError("closed")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
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
