# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4
# Asks a second time on the same connection without waiting for the first answer.
import socket
import sys

try:
    conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    print("Cannot connect:", e)
    sys.exit(1)
conn.sendall(b"GET / HTTP/1.0\r\n\r\n")
conn.sendall(b"GET /again HTTP/1.0\r\n\r\n")
answer = b""
while True:
    data = conn.recv(1024)
    if not data:
        break
    answer += data
head, _, body = answer.partition(b"\r\n\r\n")
print(body.decode())
conn.close()
