# SPDX-License-Identifier: Apache-2.0
# corpus: server fail U2
# Sends everything to the address that came first.
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
first = None
greeted = set()  # addresses that have said Hello
while True:
    data, addr = server.recvfrom(2048)
    first = first or addr
    text = data.decode("utf-8", "replace")
    if text == "Hello" and addr not in greeted:
        print(text, flush=True)
        server.sendto(b"Hello from me also", first)
        greeted.add(addr)
    elif text == "Hello again" and addr in greeted:
        print(text, flush=True)
        server.sendto(b"Woow..we speak on the edge", first)
        greeted.remove(addr)
