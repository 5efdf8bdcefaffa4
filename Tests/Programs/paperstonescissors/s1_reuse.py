# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import random
import re
import socket
import sys
import threading

LIMIT = 65536


class Inbox:
    def __init__(self, conn):
        self.conn = conn
        self.buffer = b""

    def next(self):
        while b"\n" not in self.buffer:
            if len(self.buffer) > LIMIT:
                raise ValueError("too long")
            chunk = self.conn.recv(4096)
            if not chunk:
                raise ConnectionError("closed")
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode().removesuffix("\r")


OBJECTS = {1: "Paper", 2: "Stone", 3: "Scissors"}
BEATS = {(1, 2), (2, 3), (3, 1)}


def number(line):
    text = line.strip(" \t")
    if not re.fullmatch("[+-]?[0-9]+", text):
        raise ValueError("not a number")
    return int(text)


def game(conn):
    lines = Inbox(conn)
    mine = random.randint(1, 3)
    yours = number(lines.next())
    if yours not in (1, 2, 3):
        raise ValueError("there are only 1, 2 and 3")
    conn.sendall(f"I select {OBJECTS[mine]}\n".encode())
    if mine == yours:
        result = "Draw"
    elif (mine, yours) in BEATS:
        result = "I won"
    else:
        result = "You won"
    conn.sendall(f"{result}\n".encode())


def one_player(conn):
    try:
        try:
            game(conn)
        except ValueError as error:
            conn.sendall(f"ERR {error}\n".encode())
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
        threading.Thread(target=one_player, args=(conn,), daemon=True).start()


main()
