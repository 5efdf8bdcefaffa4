# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U2 args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# Sends its clock from a second socket.
import socket
import sys
import threading
import time

INTERVAL = float(sys.argv[2]) if len(sys.argv) > 2 else 5
TIMEOUT = float(sys.argv[3]) if len(sys.argv) > 3 else 30
clients = {}
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
lock = threading.Lock()
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))


def tell_time():
    while True:
        time.sleep(INTERVAL)
        now = time.time()
        with lock:
            for addr, last in list(clients.items()):
                if now - last > TIMEOUT:
                    print("forgetting", addr, flush=True)
                    del clients[addr]
                    continue
                sender.sendto(f"{int(now)}".encode(), addr)


threading.Thread(target=tell_time, daemon=True).start()
while True:
    data, addr = server.recvfrom(1024)
    text = data.decode("utf-8", "replace")
    if text.startswith("Hello"):
        print(addr, text, flush=True)
        with lock:
            clients[addr] = time.time()
