# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("localhost", port))
while True:
    val = input("Enter number: ")
    if val == "#":
        client.send("#".encode("utf-8"))
        print(client.recv(128).decode("utf-8"))
        break
    else:
        client.send(val.encode("utf-8"))
client.close()
