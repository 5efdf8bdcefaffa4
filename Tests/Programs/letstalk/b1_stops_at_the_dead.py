# SPDX-License-Identifier: Apache-2.0
# corpus: server fail B1
# A client that resets stays in the list, and the exception at its socket ends the loop over
# all who follow.
import socket
import sys
import threading

MAX_LINE = 1 << 20
users = {}  # username -> socket
lock = threading.Lock()


def tell(text):
    try:
        for conn in users.values():
            conn.sendall((text + "\n").encode())
    except OSError as e:
        print("cannot send:", e, flush=True)


def read_line(f):
    data = f.readline(MAX_LINE)
    if not data.endswith(b"\n"):
        raise ConnectionAbortedError("end of stream")
    return data[:-1].removesuffix(b"\r").decode()


def chat(f, conn):
    name = read_line(f)
    with lock:
        if name == "" or name in users:
            conn.sendall(b"ERR choose another username\n")
            return
        print(f"User {name} has entered room", flush=True)
        tell(f"User {name} has entered room")
        users[name] = conn
    try:
        while True:
            text = read_line(f)
            if text == "":
                continue
            with lock:
                print(f"User {name} say {text}", flush=True)
                tell(f"{name}: {text}")
    except ConnectionAbortedError:
        with lock:
            del users[name]
            tell(f"User {name} has left room")


def handle(conn):
    try:
        chat(conn.makefile("rb"), conn)
    except UnicodeDecodeError:
        conn.sendall(b"ERR this is not text\n")
    except OSError:
        pass
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(100)
print("Chat server running...", flush=True)
while True:
    conn, addr = server.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
