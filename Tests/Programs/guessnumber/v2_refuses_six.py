# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V2
# a guess that is not 1 to 5 gets ERR, but it is a legal guess
import random
import socketserver
import sys


class Game(socketserver.BaseRequestHandler):
    def setup(self):
        self.secret = random.choice([1, 2, 3, 4, 5])

    def read_guess(self):
        got = bytearray()
        while b"\n" not in got:
            if len(got) > 1 << 16:
                raise ValueError("line too long")
            part = self.request.recv(512)
            if not part:
                raise ConnectionAbortedError
            got.extend(part)
        guess = int(got.partition(b"\n")[0])
        if not 1 <= guess <= 5:
            raise ValueError("only 1 to 5")
        return guess

    def handle(self):
        try:
            try:
                guess = self.read_guess()
                if guess == self.secret:
                    reply = "Nice! I guessed that number"
                else:
                    reply = "Wrong! I guessed %d and you typed %d" % (self.secret, guess)
            except ValueError:
                reply = "ERR a number from 1 to 5, please"
            self.request.sendall((reply + "\n").encode())
        except OSError:
            pass


class Threaded(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


Threaded(("", int(sys.argv[1])), Game).serve_forever()
