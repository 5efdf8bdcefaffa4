# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V2
# does not know CRLF: "#" with a carriage return behind it is not the end but an error
import socketserver
import sys


class SumHandler(socketserver.StreamRequestHandler):
    def handle(self):
        total = 0
        try:
            while True:
                line = self.rfile.readline(65537)
                if not line:
                    return
                if len(line) > 65536:
                    self.wfile.write(b"ERR too long\n")
                    return
                if line[-1:] != b"\n":
                    return
                if line == b"#\n":
                    self.wfile.write(f"{total}\n".encode())
                    return
                try:
                    total += int(line)
                except ValueError:
                    self.wfile.write(b"ERR not a number\n")
                    return
        except OSError:
            return


class SumServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 20


SumServer(("0.0.0.0", int(sys.argv[1])), SumHandler).serve_forever()
