# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V1 framing=chunk
# int() of what is no number ends the server.
import socket
import sys


def receive(conn):
    data = conn.recv(256)
    if not data:
        raise ConnectionError("closed")
    return data.decode()


def session(conn):
    total = 0
    while True:
        value = receive(conn)
        if value == "#":
            conn.send(f"{total}".encode())
            return
        total += int(value)


def serve(conn):
    try:
        session(conn)
    except OSError:
        pass
    finally:
        conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[-1])))
server.listen(10)
while True:
    conn, addr = server.accept()
    serve(conn)
