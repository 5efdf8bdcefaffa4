# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sServer = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sServer.bind(("localhost", port))
sServer.listen()

while True:
    sock, addr = sServer.accept()
    print("Connection received from " + addr[0])

sServer.close()
