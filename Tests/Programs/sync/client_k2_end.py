# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K2
# Reads byte by byte up to the newline; when the server closes before, it reads for ever.
import socket
import sys


def read_line(server):
    answer = b""
    while not answer.endswith(b"\n"):
        answer += server.recv(1)
    return answer.decode().rstrip("\r\n")


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    print("Server said: ", read_line(server))
    message = input("msg: ")
    server.sendall(f"{message}\n".encode())
    print("Server said: ", read_line(server))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
