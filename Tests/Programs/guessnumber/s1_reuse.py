# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import random
import re
import socket
import sys
import threading

LIMIT = 65536


class LineReader:
    def __init__(self, sock):
        self.sock = sock
        self.rest = b""

    def next(self):
        while b"\n" not in self.rest:
            if len(self.rest) > LIMIT:
                raise ValueError("too long")
            data = self.sock.recv(4096)
            if not data:
                raise ConnectionError("closed")
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode().removesuffix("\r")


def number(line):
    text = line.strip(" \t")
    if not re.fullmatch("[+-]?[0-9]+", text):
        raise ValueError("not a number")
    return int(text)


def play(sock):
    lines = LineReader(sock)
    secret = random.randint(1, 5)
    guess = number(lines.next())
    if guess == secret:
        answer = "Nice! I guessed that number"
    else:
        answer = f"Wrong! I guessed {secret} and you typed {guess}"
    sock.sendall(answer.encode() + b"\n")


def serve(sock):
    try:
        try:
            play(sock)
        except ValueError as error:
            sock.sendall(f"ERR {error}\n".encode())
    except OSError:
        pass  # the client has gone
    finally:
        sock.close()


def main():
    port = int(sys.argv[-1])
    server = socket.socket()
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        sock, address = server.accept()
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


main()
