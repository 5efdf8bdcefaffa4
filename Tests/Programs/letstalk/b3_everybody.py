# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B3
# the broadcast goes to all sockets of the selector, also to those that have not sent a username yet
import selectors
import socket
import sys

sel = selectors.DefaultSelector()


class User:
    def __init__(self, sock):
        self.sock, self.buf, self.name = sock, b"", None


def users():
    return [k.data for k in sel.get_map().values() if k.data]


def tell(text, without=None):
    for u in users():
        if u is not without:
            try:
                u.sock.sendall(text.encode() + b"\n")
            except OSError:
                pass               # its own turn will come


def leave(u):
    sel.unregister(u.sock)
    u.sock.close()
    if u.name:
        print(f"User {u.name} has left room", flush=True)
        tell(f"User {u.name} has left room")


def line(u, text):
    if u.name is None:
        if not text or text in [o.name for o in users()]:
            try:
                u.sock.sendall(b"ERR choose another username\n")
            except OSError:
                pass
            return leave(u)
        u.name = text
        print(f"User {text} has entered room", flush=True)
        tell(f"User {text} has entered room", without=u)
    elif text:
        print(f"User {u.name} say {text}", flush=True)
        tell(f"{u.name}: {text}")


def readable(u):
    try:
        data = u.sock.recv(4096)
    except OSError:
        data = b""
    if not data or len(u.buf) > 1 << 20:
        return leave(u)
    u.buf += data
    while b"\n" in u.buf and u.sock.fileno() >= 0:
        head, u.buf = u.buf.split(b"\n", 1)
        line(u, head.decode("utf-8", "replace").rstrip("\r"))


ls = socket.create_server(("", int(sys.argv[1])))
sel.register(ls, selectors.EVENT_READ, None)
print("Chat server running...", flush=True)
while True:
    for key, _ in sel.select():
        if key.data:
            readable(key.data)
        else:
            sock, _ = ls.accept()
            sock.settimeout(5)
            sel.register(sock, selectors.EVENT_READ, User(sock))
