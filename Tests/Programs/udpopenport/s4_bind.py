# SPDX-License-Identifier: Apache-2.0
# corpus: server fail S4
# bind() gets two values instead of one pair.
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind("127.0.0.1", int(sys.argv[1]))
greeted = set()  # addresses that have said Hello
while True:
    data, addr = server.recvfrom(2048)
    text = data.decode("utf-8", "replace")
    if text == "Hello" and addr not in greeted:
        print(text, flush=True)
        server.sendto(b"Hello from me also", addr)
        greeted.add(addr)
    elif text == "Hello again" and addr in greeted:
        print(text, flush=True)
        server.sendto(b"Woow..we speak on the edge", addr)
        greeted.remove(addr)
