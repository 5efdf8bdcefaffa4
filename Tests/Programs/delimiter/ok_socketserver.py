# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# socketserver with threads; keeps what is behind the # for later.
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        rest = b""
        try:
            while data := self.request.recv(65536):
                *messages, rest = (rest + data).split(b"#")
                for message in messages:
                    self.request.sendall(b"Heard: " + message.decode().encode() + b"#")
                if len(rest) > 2_000_000:
                    self.request.sendall(b"ERR this message has no end#")
                    return
        except UnicodeDecodeError:
            self.request.sendall(b"ERR this is no text#")
        except OSError:
            pass


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 16

    def handle_error(self, request, client_address):
        print("lost", client_address)


Server(("127.0.0.1", int(sys.argv[-1])), Echo).serve_forever()
