# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B5
# who is refused because the name is taken takes the real owner of the name out of the room when it goes
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
users = {}


class Client:
    def __init__(self, sock):
        self.sock = sock
        self.name = None
        self.inbuf = bytearray()
        self.outbuf = bytearray()
        self.refused = False
        self.half = False
        sock.setblocking(False)
        sel.register(sock, selectors.EVENT_READ, self)

    def write(self, text):
        self.outbuf += text.encode() + b"\n"
        if len(self.outbuf) > 5_000_000:
            del self.outbuf[:]
        self.flush()

    def flush(self):
        try:
            while self.outbuf:
                k = self.sock.send(self.outbuf)
                del self.outbuf[:k]
            if self.refused and not self.half:
                self.half = True
                self.sock.shutdown(socket.SHUT_WR)
        except BlockingIOError:
            pass
        except OSError:
            self.outbuf.clear()              # the reading side will notice
        events = selectors.EVENT_READ
        if self.outbuf:
            events |= selectors.EVENT_WRITE
        try:
            sel.modify(self.sock, events, self)
        except KeyError:
            pass

    def readable(self):
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            return self.leave()
        if self.refused:
            return
        self.inbuf += data
        while b"\n" in self.inbuf and not self.refused:
            i = self.inbuf.index(b"\n")
            line = bytes(self.inbuf[:i]).removesuffix(b"\r")
            del self.inbuf[:i + 1]
            try:
                self.line(line.decode())
            except UnicodeDecodeError:
                return self.leave()
        if len(self.inbuf) > 150_000:
            self.leave()

    def line(self, text):
        if self.name is None:
            self.name = text
            if text == "" or text in users:
                self.refused = True
                self.write("ERR name is empty or taken")
                return
            say(f"User {text} has entered room")
            users[text] = self
        elif text != "":
            say(f"{self.name}: {text}", f"User {self.name} say {text}")

    def leave(self):
        sel.unregister(self.sock)
        self.sock.close()
        if self.name in users:
            del users[self.name]
            say(f"User {self.name} has left room")


def say(text, log=None):
    print(log or text, flush=True)
    for u in list(users.values()):
        u.write(text)


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
sel.register(listener, selectors.EVENT_READ, None)
print("Chat server running...", flush=True)
while True:
    for key, mask in sel.select():
        if key.data is None:
            Client(listener.accept()[0])
            continue
        if mask & selectors.EVENT_WRITE:
            key.data.flush()
        if mask & selectors.EVENT_READ and key.fileobj.fileno() != -1:
            key.data.readable()
