# SPDX-License-Identifier: Apache-2.0
# corpus: server fail C1
# until the talk with one client is over nobody else is heard, and if it never says Hello again, nobody ever
import socket
import sys

port = int(sys.argv[1])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", port))


def wait_for(text, partner=None):
    """the address of whoever says the text; with a partner, everybody else is ignored"""
    while True:
        data, addr = server.recvfrom(128)
        if data == text and partner in (None, addr):
            print(data.decode("utf-8"), flush=True)
            return addr


while True:
    client = wait_for(b"Hello")
    server.sendto(b"Hello from me also", client)
    wait_for(b"Hello again", client)
    server.sendto(b"Woow..we speak on the edge", client)
