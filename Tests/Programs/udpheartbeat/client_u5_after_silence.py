# SPDX-License-Identifier: Apache-2.0
# corpus: client fail U5 args=1 options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
# the days are sent when recv() has timed out; while the server's clock comes every five seconds, that never happens
import socket
import sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect((sys.argv[1], int(sys.argv[2])))
sock.settimeout(float(sys.argv[3]) if len(sys.argv) > 3 else 10)
sock.send(b"Hello")
n = 0
while True:
    try:
        data = sock.recv(128)
        if data.isdigit():
            print(data.decode("ascii"), flush=True)
    except TimeoutError:
        try:
            sock.send(f"Hello, groundhog day {n}".encode())
        except ConnectionRefusedError:
            print("nobody there?", flush=True)
        n += 1
    except ConnectionRefusedError:
        print("the server is not there", flush=True)
