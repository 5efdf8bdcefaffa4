# SPDX-License-Identifier: Apache-2.0
# corpus: server fail C3
# One buffer for all clients. Shows when two lines arrive in pieces at the same time.
import re
import selectors
import socket
import sys

LIMIT = 65536
selector = selectors.DefaultSelector()
inbox = b""


class Client:
    def __init__(self, conn):
        self.conn = conn
        self.total = 0


def to_int(text):
    if not re.fullmatch(r"[ \t]*[+-]?[0-9]+[ \t]*", text):
        raise ValueError(text)
    return int(text)


def answer(client, line):
    """Returns what to send and whether the talk is over."""
    if line == "#":
        return f"{client.total}\n", True
    client.total += to_int(line)
    return "", False


def goodbye(client):
    global inbox
    inbox = b""
    selector.unregister(client.conn)
    client.conn.close()


def send(client, text):
    try:
        client.conn.sendall(text.encode())
    except OSError:
        pass


def readable(client):
    global inbox
    try:
        data = client.conn.recv(4096)
    except OSError:
        data = b""
    if not data:
        return goodbye(client)
    inbox += data
    while b"\n" in inbox:
        line, inbox = inbox.split(b"\n", 1)
        try:
            reply, over = answer(client, line.decode().rstrip("\r"))
        except ValueError:
            reply, over = "ERR what was that?\n", True
        send(client, reply)
        if over:
            return goodbye(client)
    if len(inbox) > LIMIT:
        inbox = b""
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
