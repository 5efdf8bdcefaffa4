# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K2
# Does not see that the server has closed; its receiver waits on, and so does the keyboard.
import socket
import sys
import threading
import time


def receive(conn):
    try:
        f = conn.makefile("rb")
        while True:
            line = f.readline()
            if line:
                print(line.decode("utf-8", "replace").rstrip("\r\n"), flush=True)
            else:
                time.sleep(0.2)
    except OSError:
        pass
    print("connection lost", flush=True)


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
