# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Nothing catches a refused connection.
import socket
import sys

conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
conn.sendall(b"GET / HTTP/1.0\r\n\r\n")
answer = b""
while True:
    data = conn.recv(1024)
    if not data:
        break
    answer += data
head, _, body = answer.partition(b"\r\n\r\n")
print(body.decode())
conn.close()
