# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Without a server it ends with a stack trace.
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
conn.connect((sys.argv[-2], int(sys.argv[-1])))
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
