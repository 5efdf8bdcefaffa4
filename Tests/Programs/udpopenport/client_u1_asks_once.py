# SPDX-License-Identifier: Apache-2.0
# corpus: client fail U1
# Asks once and waits for ever.
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def ask(text):
    client.sendto(text, server)
    data, addr = client.recvfrom(2048)
    return data.decode()


print(ask(b"Hello"))
print(ask(b"Hello again"))
