# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Without a server it ends with a traceback.
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
    server = socket.create_connection((sys.argv[-2], int(sys.argv[-1])))
    while words := input("Message: "):
        data = words.encode()
        server.sendall(struct.pack(">H", len(data)) + data)
        (size,) = struct.unpack(">H", receive(server, 2))
        print(receive(server, size).decode())
    server.close()


try:
    main()
except EOFError:
    print()
