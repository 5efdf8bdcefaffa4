# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR, and the server is the one who closes.
import socket
import sys
import threading

lock = threading.Lock()
total = 0


def read_head(conn):
    """Everything up to the blank line, or None."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = conn.recv(1024)
        if not data or len(head) > 100_000:
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
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
