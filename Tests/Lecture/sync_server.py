# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sSocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sSocket.bind(("localhost", port))
sSocket.listen()
conn, addr = sSocket.accept()
conn.send(b"Hello and welcome")
print("Client said: ", conn.recv(256).decode("utf-8"))
conn.send(b"Thank you")
sSocket.close()
