# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K2
# Waits for a newline after the total, also when the server has closed.
import socket
import sys
import time

try:
    conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    print("Cannot connect:", e)
    sys.exit(1)
conn.sendall(b"GET / HTTP/1.0\r\n\r\n")
answer = b""
while True:
    data = conn.recv(1024)
    answer += data
    if b"Total" in answer and answer.endswith(b"\n"):
        break
    if not data:
        time.sleep(0.1)
head, _, body = answer.partition(b"\r\n\r\n")
print(body.decode())
conn.close()
