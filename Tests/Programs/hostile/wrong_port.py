# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Listens on the port after the one that it was given, or another one if that is taken. It
# ends by itself after five minutes.
import signal
import socket
import sys

signal.alarm(300)
port = int(sys.argv[-1]) + 1
while True:
    try:
        server = socket.create_server(("127.0.0.1", port))
        break
    except OSError:
        port += 1
print("listening on", port, flush=True)
while True:
    conn, addr = server.accept()
    conn.close()
