# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U5 args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# the clock is sent when recvfrom() has timed out: as long as somebody says something often enough, nobody gets it
import re
import socket
import sys
import time

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", int(sys.argv[1])))
interval = float(sys.argv[2]) if len(sys.argv) > 2 else 5
timeout = float(sys.argv[3]) if len(sys.argv) > 3 else 30
sock.settimeout(interval)
last_heard = {}
GREETING = re.compile(rb"Hello(, groundhog day [0-9]+)?")

while True:
    try:
        data, addr = sock.recvfrom(1024)
        if addr not in last_heard or GREETING.fullmatch(data):
            last_heard[addr] = time.monotonic()
        print(addr, data, flush=True)
    except socket.timeout:
        now = time.monotonic()
        last_heard = {a: t for a, t in last_heard.items() if now - t < timeout}
        for addr in last_heard:
            sock.sendto(str(int(time.time())).encode(), addr)
