# SPDX-License-Identifier: Apache-2.0
# corpus: client fail U5|K4 args=1 options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# Sends a day for each clock that it gets, instead of at its interval.
import select
import socket
import sys
import time

interval = float(sys.argv[3]) if len(sys.argv) > 3 else 10
server = (sys.argv[1], int(sys.argv[2]))
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(b"Hello", server)
n = 0
while True:
    ready, _, _ = select.select([sock], [], [])
    if ready:
        data, addr = sock.recvfrom(1024)
        print(data.decode("utf-8", "replace"), flush=True)
        sock.sendto(f"Hello, groundhog day {n}".encode(), server)
        n += 1
