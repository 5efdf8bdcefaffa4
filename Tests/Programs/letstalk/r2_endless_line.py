# SPDX-License-Identifier: Apache-2.0
# corpus: server warn R2
# A line may be as long as it likes, the memory is the limit.
import queue
import socket
import sys
import threading

users = {}  # username -> queue of the lines for that user
lock = threading.Lock()


def tell(text, leave_out=None):
    for name, box in users.items():
        if name != leave_out:
            box.put(text)


def writer(conn, box):
    try:
        while True:
            text = box.get()
            if text is None:
                break
            conn.sendall((text + "\n").encode())
    except OSError:
        pass


def read_line(f):
    data = f.readline()
    if not data.endswith(b"\n"):
        raise ConnectionError("client has gone")
    return data[:-1].removesuffix(b"\r").decode()


def chat(f, box):
    name = read_line(f)
    with lock:
        if name == "" or name in users:
            box.put("ERR choose another username")
            return
        print(f"User {name} has entered room", flush=True)
        tell(f"User {name} has entered room")
        users[name] = box
    try:
        while True:
            text = read_line(f)
            if text == "":
                continue
            with lock:
                print(f"User {name} say {text}", flush=True)
                tell(f"{name}: {text}")
    finally:
        with lock:
            del users[name]
            tell(f"User {name} has left room")


def handle(conn):
    box = queue.Queue()
    out = threading.Thread(target=writer, args=(conn, box), daemon=True)
    out.start()
    try:
        chat(conn.makefile("rb"), box)
    except UnicodeDecodeError:
        box.put("ERR this is not text")
    except OSError:
        pass
    box.put(None)
    out.join(2)
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
