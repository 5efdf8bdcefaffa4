# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: after a restart the port is taken for a minute.
import selectors
import socket
import sys

LIMIT = 1 << 20
selector = selectors.DefaultSelector()
clients = []


class Client:
    def __init__(self, sock):
        self.sock = sock
        self.name = None
        self.inp = b""
        self.out = b""
        self.closing = False

    def send(self, text):
        self.out += (text + "\n").encode()

    def read(self):
        try:
            data = self.sock.recv(4096)
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        self.inp += data
        while b"\n" in self.inp and not self.closing:
            line, self.inp = self.inp.split(b"\n", 1)
            self.line(line.removesuffix(b"\r"))
        if len(self.inp) > LIMIT:
            self.refuse("line too long")

    def line(self, line):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            self.refuse("not UTF-8")
            return
        if self.name is None:
            self.login(text)
        elif text:
            print("User", self.name, "say", text, flush=True)
            broadcast(f"{self.name}: {text}")

    def login(self, name):
        if not name or any(c.name == name for c in clients):
            self.refuse("bad or taken username")
            return
        print("User", name, "has entered room", flush=True)
        broadcast(f"User {name} has entered room")
        self.name = name

    def refuse(self, why):
        self.send("ERR " + why)
        self.closing = True

    def write(self):
        try:
            n = self.sock.send(self.out)
            self.out = self.out[n:]
        except BlockingIOError:
            pass
        except OSError:
            self.close()

    def close(self):
        if self not in clients:
            return
        clients.remove(self)
        selector.unregister(self.sock)
        self.sock.close()
        if self.name:
            name, self.name = self.name, None
            broadcast(f"User {name} has left room")


def broadcast(text):
    for c in clients:
        if c.name is not None:
            c.send(text)


server = socket.socket()
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(50)
selector.register(server, selectors.EVENT_READ)
print("Chat server running...", flush=True)
while True:
    for key, events in selector.select():
        c = key.data
        if c is None:
            sock, addr = server.accept()
            sock.setblocking(False)
            c = Client(sock)
            clients.append(c)
            selector.register(sock, selectors.EVENT_READ, c)
        elif events & selectors.EVENT_READ and c in clients:
            c.read()
    for c in list(clients):
        if c.out:
            c.write()
        if c.closing and not c.out:
            c.close()
    for c in clients:
        wanted = selectors.EVENT_READ if not c.closing else 0
        if c.out:
            wanted |= selectors.EVENT_WRITE
        selector.modify(c.sock, wanted or selectors.EVENT_WRITE, c)
