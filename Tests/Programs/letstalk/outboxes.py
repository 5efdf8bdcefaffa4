# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# two threads a client: one reads, one empties the client's outbox, so that a slow reader stops nobody
import queue
import socket
import sys
import threading

LIMIT = 65536
room = {}                    # username -> outbox
lock = threading.Lock()


def log(text):
    print(text, flush=True)


def broadcast(text, but=None):
    """Call it with the lock: everybody gets the messages in the same order."""
    data = (text + "\n").encode("utf-8")
    for name, box in room.items():
        if name != but:
            try:
                box.put_nowait(data)
            except queue.Full:
                pass          # this one has not read 10000 messages; its reader will notice one day


def writer(sock, box):
    while True:
        data = box.get()
        if data is None:
            break
        try:
            sock.sendall(data)
        except OSError:
            break
    try:
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def lines(sock):
    buf = b""
    while True:
        pos = buf.find(b"\n")
        if pos >= 0:
            line, buf = buf[:pos], buf[pos + 1:]
            yield line.removesuffix(b"\r").decode("utf-8")
            continue
        if len(buf) > LIMIT:
            raise ValueError("line too long")
        data = sock.recv(2048)
        if not data:
            return
        buf += data


def client(sock):
    box = queue.Queue(10000)
    pen = threading.Thread(target=writer, args=(sock, box), daemon=True)
    pen.start()
    username = None
    try:
        for line in lines(sock):
            if username is None:
                with lock:
                    if line == "" or line in room:
                        box.put(b"ERR choose another username\n")
                        return
                    username = line
                    log(f"User {username} has entered room")
                    broadcast(f"User {username} has entered room")
                    room[username] = box
            elif line:
                with lock:
                    log(f"User {username} say {line}")
                    broadcast(f"{username}: {line}")
    except ValueError as e:
        try:
            box.put_nowait(b"ERR I cannot read that\n")
        except queue.Full:
            pass
    except OSError:
        pass
    finally:
        if username is not None:
            with lock:
                del room[username]
                log(f"User {username} has left room")
                broadcast(f"User {username} has left room")
        box.put(None)
        pen.join(5)
        drain(sock)


def drain(sock):
    try:
        sock.settimeout(0.3)
        for _ in range(100):
            if not sock.recv(65536):
                break
    except OSError:
        pass
    sock.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=100)
log("Chat server running...")
while True:
    s, a = server.accept()
    threading.Thread(target=client, args=(s,), daemon=True).start()
