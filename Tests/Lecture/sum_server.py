# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sSocket.bind(("0.0.0.0", port))
sSocket.listen()
while True:
    client, addr = sSocket.accept()
    sum = 0
    while True:
        val = client.recv(128).decode("utf-8")
        if val == "#":
            client.send(f"{sum}".encode("utf-8"))
            break
        else:
            sum += int(val)
    client.close()
