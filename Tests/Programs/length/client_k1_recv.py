# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K1
# Reads the answer with one recv().
import socket
import struct
import sys


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    while words := input("Message: "):
        data = words.encode()
        server.sendall(struct.pack(">H", len(data)) + data)
        answer = server.recv(65537)
        if not answer:
            sys.exit("The server has closed the connection.")
        print(answer[2:].decode(errors="replace"))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
