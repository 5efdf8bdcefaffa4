# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K3
# The newline behind the last message is missing.
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
    print("Server said: ", read_line(file))
    message = input("msg: ")
    server.sendall(message.encode())
    print("Server said: ", read_line(file))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
