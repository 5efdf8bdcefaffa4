# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
cSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
cSocket.connect(("localhost", port))

cSocket.send(b"Hey man, what's up?")
cSocket.sendall(b"Are you there?")

cSocket.close()
