# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K1
# Shows each recv() as a line of its own, though a line may come in pieces.
import os
import socket
import sys
import threading


def receive(conn):
    try:
        while data := conn.recv(4096):
            print(data.decode("utf-8", "replace").rstrip("\r\n"), flush=True)
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
