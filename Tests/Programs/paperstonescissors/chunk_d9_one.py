# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D9 framing=chunk
# In the style of the lecture: one client, then the program is at its end.
import random
import socket
import sys
import time


def receive(conn):
    data = conn.recv(256)
    if not data:
        raise ConnectionError("closed")
    return data.decode()


def session(conn):
    mine = random.choice([1, 2, 3])
    yours = int(receive(conn))
    if yours < 1 or yours > 3:
        raise ValueError("no such object")
    conn.send(b"I select " + [b"Paper", b"Stone", b"Scissors"][mine - 1])
    time.sleep(0.1)  # so that the client gets two messages
    if mine == yours:
        conn.send(b"Draw")
    elif (mine, yours) in [(1, 2), (2, 3), (3, 1)]:
        conn.send(b"I won")
    else:
        conn.send(b"You won")


def serve(conn):
    try:
        try:
            session(conn)
        except ValueError:
            conn.send(b"ERR I do not understand")
    except OSError:
        pass
    finally:
        conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[-1])))
server.listen(10)
conn, addr = server.accept()
serve(conn)
