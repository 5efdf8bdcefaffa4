# SPDX-License-Identifier: Apache-2.0
# corpus: client fail V7|X3 args=1 options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# Two blanks before the number of the day.
import select
import socket
import sys
import time

interval = float(sys.argv[3]) if len(sys.argv) > 3 else 10
server = (sys.argv[1], int(sys.argv[2]))
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(b"Hello", server)
n = 0
next_day = time.monotonic() + interval
while True:
    wait = max(0, next_day - time.monotonic())
    ready, _, _ = select.select([sock], [], [], wait)
    if ready:
        data, addr = sock.recvfrom(1024)
        print(data.decode("utf-8", "replace"), flush=True)
    if time.monotonic() >= next_day:
        sock.sendto(f"Hello,  groundhog day {n}".encode(), server)
        n += 1
        next_day += interval
