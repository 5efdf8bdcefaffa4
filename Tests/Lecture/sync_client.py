# SPDX-License-Identifier: Apache-2.0
import socket, sys
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sClient = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sClient.connect(("localhost", port))
print("Server said: ", sClient.recv(256).decode("utf-8"))
msg = input("msg: ")
sClient.send(bytes(msg, "utf-8"))
print("Server said: ", sClient.recv(256).decode("utf-8"))
sClient.close()
