# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Without a server it ends with a traceback.
import socket
import sys


def read_line(file):
    line = file.readline(65536)
    if not line.endswith("\n"):
        sys.exit("The server has closed the connection.")
    return line.rstrip("\r\n")


def main():
    server = socket.create_connection((sys.argv[-2], int(sys.argv[-1])))
    file = server.makefile("r", encoding="utf-8", newline="\n")
    print("Server said: ", read_line(file))
    message = input("msg: ")
    server.sendall(f"{message}\n".encode())
    print("Server said: ", read_line(file))
    server.close()


try:
    main()
except EOFError:
    print()
