# SPDX-License-Identifier: Apache-2.0
# corpus: client pass args=1 options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# A thread for the days, the main one receives.
import socket
import sys
import threading
import time

interval = float(sys.argv[3]) if len(sys.argv) > 3 else 10
server = (sys.argv[1], int(sys.argv[2]))
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(b"Hello", server)


def days():
    n = 0
    while True:
        time.sleep(interval)
        sock.sendto(f"Hello, groundhog day {n}".encode(), server)
        n += 1


threading.Thread(target=days, daemon=True).start()
while True:
    data, addr = sock.recvfrom(1024)
    print(data.decode("utf-8", "replace"), flush=True)
