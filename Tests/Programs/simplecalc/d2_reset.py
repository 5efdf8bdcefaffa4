# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D2
# One thread with selectors; recv() may raise ConnectionResetError, and nobody catches it.
import re
import selectors
import socket
import sys

LIMIT = 65536
selector = selectors.DefaultSelector()


class Client:
    def __init__(self, conn):
        self.conn = conn
        self.inbox = b""
        self.numbers = []


def to_int(text):
    if not re.fullmatch(r"[ \t]*[+-]?[0-9]+[ \t]*", text):
        raise ValueError(text)
    return int(text)


def answer(client, line):
    """Returns what to send and whether the talk is over."""
    client.numbers.append(to_int(line))
    if len(client.numbers) < 2:
        return "", False
    return f"{sum(client.numbers)}\n", True


def goodbye(client):
    selector.unregister(client.conn)
    client.conn.close()


def send(client, text):
    try:
        client.conn.sendall(text.encode())
    except OSError:
        pass


def readable(client):
    data = client.conn.recv(4096)
    if not data:
        return goodbye(client)
    client.inbox += data
    while b"\n" in client.inbox:
        line, client.inbox = client.inbox.split(b"\n", 1)
        try:
            reply, over = answer(client, line.decode().rstrip("\r"))
        except ValueError:
            reply, over = "ERR what was that?\n", True
        send(client, reply)
        if over:
            return goodbye(client)
    if len(client.inbox) > LIMIT:
        send(client, "ERR too much\n")
        goodbye(client)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[-1])))
listener.listen(20)
selector.register(listener, selectors.EVENT_READ)
while True:
    for key, _ in selector.select():
        if key.fileobj is listener:
            conn, _ = listener.accept()
            newcomer = Client(conn)
            selector.register(conn, selectors.EVENT_READ, newcomer)
        else:
            readable(key.data)
