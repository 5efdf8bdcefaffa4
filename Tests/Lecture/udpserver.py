# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("localhost", port))
msg = server.recvfrom(16)
print(msg)
