# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V1
# int() of what is no number ends the server, which has one thread only.
import random
import selectors
import socket
import sys

LIMIT = 65536
selector = selectors.DefaultSelector()


class Client:
    def __init__(self, conn):
        self.conn = conn
        self.inbox = b""
        self.secret = random.choice([1, 2, 3, 4, 5])


def answer(client, line):
    """Returns what to send and whether the talk is over."""
    guess = int(line)
    if guess == client.secret:
        return "Nice! I guessed that number\n", True
    return f"Wrong! I guessed {client.secret} and you typed {guess}\n", True


def goodbye(client):
    selector.unregister(client.conn)
    client.conn.close()


def send(client, text):
    try:
        client.conn.sendall(text.encode())
    except OSError:
        pass


def readable(client):
    try:
        data = client.conn.recv(4096)
    except OSError:
        data = b""
    if not data:
        return goodbye(client)
    client.inbox += data
    while b"\n" in client.inbox:
        line, client.inbox = client.inbox.split(b"\n", 1)
        try:
            text = line.decode().rstrip("\r")
        except UnicodeDecodeError:
            send(client, "ERR what was that?\n")
            return goodbye(client)
        reply, over = answer(client, text)
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
