# SPDX-License-Identifier: Apache-2.0
# corpus: client fail F11
# The length is the number of characters typed.
import socket
import struct
import sys


def receive(server, count):
    data = b""
    while len(data) < count:
        part = server.recv(count - len(data))
        if not part:
            sys.exit("The server has closed the connection.")
        data += part
    return data


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    while words := input("Message: "):
        data = words.encode()
        server.sendall(struct.pack(">H", len(words)) + data)
        (size,) = struct.unpack(">H", receive(server, 2))
        print(receive(server, size).decode())
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
