# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import re
import socket
import sys
import threading

LIMIT = 65536


class Lines:
    def __init__(self, client):
        self.client = client
        self.pending = b""

    def next(self):
        while b"\n" not in self.pending:
            if len(self.pending) > LIMIT:
                raise ValueError("too long")
            data = self.client.recv(4096)
            if not data:
                raise ConnectionError("closed")
            self.pending += data
        line, self.pending = self.pending.split(b"\n", 1)
        return line.decode().removesuffix("\r")


def number(line):
    text = line.strip(" \t")
    if not re.fullmatch("[+-]?[0-9]+", text):
        raise ValueError("not a number")
    return int(text)


def add_up(client):
    inbox = Lines(client)
    total = 0
    while True:
        line = inbox.next()
        if line == "#":
            break
        total += number(line)
    client.sendall(f"{total}\n".encode())


def serve(client):
    try:
        try:
            add_up(client)
        except ValueError as error:
            client.sendall(f"ERR {error}\n".encode())
    except OSError:
        pass  # the client has gone
    finally:
        client.close()


def main():
    port = int(sys.argv[-1])
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    listener.listen(50)
    while True:
        client, address = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


main()
