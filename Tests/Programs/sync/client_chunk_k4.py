# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4 framing=chunk
# Speaks before it has been greeted.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    client.connect((sys.argv[-2], int(sys.argv[-1])))
except OSError as error:
    sys.exit(f"No connection: {error.strerror}")


def receive():
    data = client.recv(256)
    if not data:
        sys.exit("The server has closed the connection.")
    return data.decode()


msg = input("msg: ")
client.send(bytes(msg, "utf-8"))
print("Server said: ", receive())
print("Server said: ", receive())
client.close()
