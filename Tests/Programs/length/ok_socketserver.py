# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# socketserver with threads; rfile.read(n) reads n bytes or less only at the end.
import socketserver
import sys


class Echo(socketserver.StreamRequestHandler):
    def answer(self, text):
        data = text.encode()
        try:
            self.wfile.write(len(data).to_bytes(2, "big") + data)
        except OSError:
            pass

    def handle(self):
        try:
            while len(size := self.rfile.read(2)) == 2:
                count = int.from_bytes(size, "big")
                data = self.rfile.read(count)
                if len(data) < count:
                    return
                print("Client said:", data.decode(), flush=True)
                if count > 65528:
                    return self.answer("ERR that is too long to say again")
                self.answer("Heard: " + data.decode())
        except UnicodeDecodeError:
            self.answer("ERR this is not UTF-8")
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 16


Server(("127.0.0.1", int(sys.argv[-1])), Echo).serve_forever()
