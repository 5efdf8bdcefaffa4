# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# socketserver does not set SO_REUSEADDR unless it is told to.
import socketserver
import sys


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
        self.answer("Hello and welcome")
        print("Client said: ", self.line(), flush=True)
        self.answer("Thank you")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 30


with Server(("127.0.0.1", int(sys.argv[-1])), Handler) as server:
    server.serve_forever()
