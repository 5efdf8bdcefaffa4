# SPDX-License-Identifier: Apache-2.0
# corpus: server warn R2
# Collects a request of any length.
import socket
import sys
import threading

lock = threading.Lock()
total = 0


def read_head(conn):
    """Everything up to the blank line, or None."""
    head = bytearray()
    while b"\r\n\r\n" not in head:
        data = conn.recv(65536)
        if not data:
            return None
        head += data
    return head.split(b"\r\n\r\n")[0]


def serve(conn):
    global total
    try:
        head = read_head(conn)
        if head is not None:
            with lock:
                total += 1
                n = total
            print("Total", n, flush=True)
            conn.sendall(f"HTTP/1.1 200 OK\r\n\r\nTotal {n}".encode())
    except OSError as e:
        print("lost a client:", e, flush=True)
    conn.close()


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
