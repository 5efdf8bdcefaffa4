# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# socketserver does not set SO_REUSEADDR unless it is told to.
import random
import re
import socketserver
import sys


WINS = ["Paper Stone", "Stone Scissors", "Scissors Paper"]


class Handler(socketserver.StreamRequestHandler):
    def line(self):
        line = self.rfile.readline(65537)
        if len(line) > 65536:
            raise ValueError("long line")
        if not line.endswith(b"\n"):
            raise ConnectionError("closed")
        return line.decode().rstrip("\r\n")

    def handle(self):
        try:
            self.talk()
        except ValueError as error:
            self.answer(f"ERR {error}")
        except OSError:
            pass

    def answer(self, text):
        try:
            self.wfile.write(text.encode() + b"\n")
        except OSError:
            pass

    def talk(self):
        choice = self.line().strip(" \t")
        if not re.fullmatch(r"\+?0*[123]", choice):
            raise ValueError("no such object")
        mine = random.choice(["Paper", "Stone", "Scissors"])
        yours = ["Paper", "Stone", "Scissors"][int(choice) - 1]
        self.answer(f"I select {mine}")
        if f"{mine} {yours}" in WINS:
            self.answer("I won")
        elif mine == yours:
            self.answer("Draw")
        else:
            self.answer("You won")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 30


with Server(("127.0.0.1", int(sys.argv[-1])), Handler) as server:
    server.serve_forever()
