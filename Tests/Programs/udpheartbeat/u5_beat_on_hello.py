# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U5|X1 args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# recvfrom() and the beat are in one loop, so the clock comes only when a client has spoken.
import socket
import sys
import time

INTERVAL = float(sys.argv[2]) if len(sys.argv) > 2 else 5
TIMEOUT = float(sys.argv[3]) if len(sys.argv) > 3 else 30
clients = {}
last_beat = time.time()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))


def tell_time():
    now = time.time()
    for addr, last in list(clients.items()):
        if now - last > TIMEOUT:
            print("forgetting", addr, flush=True)
            del clients[addr]
            continue
        server.sendto(f"{int(now)}".encode(), addr)


while True:
    data, addr = server.recvfrom(1024)
    text = data.decode("utf-8", "replace")
    if text.startswith("Hello"):
        print(addr, text, flush=True)
        clients[addr] = time.time()
    if time.time() - last_beat > INTERVAL:
        last_beat = time.time()
        tell_time()
