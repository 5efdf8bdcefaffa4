# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
while True:
    sServer = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sServer.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sServer.bind(("localhost", port))
    sServer.listen()
    sock, addr = sServer.accept()
    print("Connection received")
    sServer.close()
