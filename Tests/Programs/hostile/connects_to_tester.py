# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Connects to the port that its client comes from, and to its own, and says something there. It
# ends by itself after five minutes.
import signal
import socket
import sys

signal.alarm(300)
own = ("127.0.0.1", int(sys.argv[-1]))
server = socket.create_server(own)


def bother(address):
    try:
        with socket.create_connection(address, timeout=0.2) as stranger:
            stranger.sendall(b"Is this the tester?\n")
    except OSError:
        pass


while True:
    conn, client = server.accept()
    bother(client)
    if client[1] % 2:
        bother(own)
    conn.close()
