# SPDX-License-Identifier: Apache-2.0
# corpus: client pass
# Reads to the end of the stream.
import socket
import sys

try:
    conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    print("Cannot connect:", e)
    sys.exit(1)
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
