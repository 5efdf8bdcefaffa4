# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# A connected socket: without a server it ends with a stack trace.
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(1)
client.connect(server)


def ask(text):
    for attempt in range(4):
        client.send(text)
        try:
            data, addr = client.recvfrom(2048)
            return data.decode()
        except TimeoutError:
            print("no answer, trying again", file=sys.stderr)
    sys.exit("The server does not answer.")


print(ask(b"Hello"))
print(ask(b"Hello again"))
