# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4
# Asks and sends before the server has greeted.
import socket
import sys


def read_line(file):
    line = file.readline(65536)
    if not line.endswith("\n"):
        sys.exit("The server has closed the connection.")
    return line.rstrip("\r\n")


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    file = server.makefile("r", encoding="utf-8", newline="\n")
    message = input("msg: ")
    server.sendall(f"{message}\n".encode())
    print("Server said: ", read_line(file))
    print("Server said: ", read_line(file))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
