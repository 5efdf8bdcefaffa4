# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import socket
import sys
import threading

LIMIT = 1024 * 1024


class Messages:
    def __init__(self, conn):
        self.conn = conn
        self.buf = b""

    def next(self):
        while b"#" not in self.buf:
            if len(self.buf) > LIMIT:
                raise ValueError("too long")
            data = self.conn.recv(4096)
            if not data:
                raise ConnectionError("closed")
            self.buf += data
        line, self.buf = self.buf.split(b"#", 1)
        return line.decode()


def echo(conn):
    messages = Messages(conn)
    while True:
        text = messages.next()
        conn.sendall(f"Heard: {text}#".encode())


def serve(conn):
    try:
        try:
            echo(conn)
        except ValueError as error:
            conn.sendall(f"ERR {error}#".encode())
    except OSError:
        pass  # the client has gone
    finally:
        conn.close()


def main():
    port = int(sys.argv[-1])
    server = socket.socket()
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        conn, address = server.accept()
        threading.Thread(target=serve, args=(conn,), daemon=True).start()


main()
