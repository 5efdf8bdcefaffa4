# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K7 args="{host} {port}"
# type a line, read a line, type a line ...: what the others say is seen only after the next message of one's own, one line each
import socket
import sys

try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    print("The chat is not there:", e)
    sys.exit(1)
inp = sock.makefile("r", encoding="utf-8", errors="replace", newline="\n")


def out(text):
    sock.sendall(text.encode("utf-8") + b"\n")


try:
    out(input("Enter username: "))
    while True:
        print("Enter message:")
        out(input())
        line = inp.readline()
        if not line.endswith("\n"):
            print("The server has gone")
            break
        line = line.rstrip("\r\n")
        if line.startswith("ERR "):
            print("The server says:", line[4:])
        else:
            print(line, flush=True)
except EOFError:
    sock.shutdown(socket.SHUT_WR)
    for line in inp:
        print(line.rstrip("\r\n"))
except OSError as e:
    print("Connection lost:", e)
    sys.exit(1)
