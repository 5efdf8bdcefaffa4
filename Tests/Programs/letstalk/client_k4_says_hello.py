# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4
# Says hello by itself, which nobody typed.
import os
import socket
import sys
import threading


def receive(conn):
    try:
        for line in conn.makefile("rb"):
            print(line.decode("utf-8", "replace").rstrip("\r\n"), flush=True)
    except OSError:
        pass
    os._exit(0)  # the main thread may wait in input()


conn = socket.socket()
try:
    conn.connect((sys.argv[-2], int(sys.argv[-1])))
except OSError as e:
    print("Cannot connect:", e.strerror)
    sys.exit(1)
username = input("Enter username: ")
conn.sendall((username + "\n").encode())
receiver = threading.Thread(target=receive, args=(conn,), daemon=True)
receiver.start()
conn.sendall(b"Hello everybody!\n")
print("Enter message:", flush=True)
try:
    while True:
        text = input()
        print("Enter message:", flush=True)
        conn.sendall((text + "\n").encode())
except EOFError:
    conn.shutdown(socket.SHUT_WR)
    receiver.join()
except OSError:
    print("The server has gone")
