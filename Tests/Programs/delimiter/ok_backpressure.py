# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# selectors with callbacks as data; when a client does not read, we stop reading from it
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
HIGH = 256 * 1024


class Conn:
    def __init__(self, sock):
        self.sock = sock
        self.got = bytearray()
        self.out = bytearray()
        self.eof = False
        self.interest = selectors.EVENT_READ
        sel.register(sock, self.interest, self.ready)

    def ready(self, mask):
        try:
            if mask & selectors.EVENT_READ:
                data = self.sock.recv(10_000)
                if data:
                    self.got += data
                    self.messages()
                else:
                    self.eof = True
            if self.out:
                n = self.sock.send(self.out)
                del self.out[:n]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as e:
            print("drop", e, file=sys.stderr)
            return self.close()
        self.update()

    def messages(self):
        *complete, rest = self.got.split(b"#")
        self.got = bytearray(rest)
        for m in complete:
            try:
                m.decode()
            except UnicodeDecodeError:
                self.eof = True
                self.got.clear()
                return
            self.out += b"Heard: " + m + b"#"
        if len(self.got) > 65536:
            self.eof = True

    def update(self):
        if self.eof and not self.out:
            return self.close()
        want = 0
        if not self.eof and len(self.out) < HIGH:
            want |= selectors.EVENT_READ
        if self.out:
            want |= selectors.EVENT_WRITE
        if want != self.interest:
            sel.modify(self.sock, want, self.ready)
            self.interest = want

    def close(self):
        sel.unregister(self.sock)
        self.sock.close()


def accept(mask):
    try:
        sock, addr = server.accept()
    except OSError:
        return
    print("hello", addr, file=sys.stderr)
    sock.setblocking(False)
    Conn(sock)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(200)
server.setblocking(False)
sel.register(server, selectors.EVENT_READ, accept)
while True:
    for key, mask in sel.select():
        key.data(mask)
