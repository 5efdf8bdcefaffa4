# SPDX-License-Identifier: Apache-2.0
import socket, sys
import time
port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
sSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM);
sSocket.bind(("localhost",port))
sSocket.listen()
print("Listening for connection: ")
conn, addr = sSocket.accept()

print("Connection received from ",addr)
data = conn.recv(1024)

print("Message from client: \n")
time.sleep(2)
print(data)
conn.close()
sSocket.close()
