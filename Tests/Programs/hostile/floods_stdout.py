# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Writes to both outputs as fast as it can. It ends by itself after five minutes.
import os
import signal
import socket
import sys
import threading

signal.alarm(300)


def flood(descriptor):
    while True:
        os.write(descriptor, b"and on and on and on " * 1000 + b"\n")


server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
for descriptor in (1, 2):
    threading.Thread(target=flood, args=(descriptor,), daemon=True).start()
while True:
    conn, addr = server.accept()
    conn.close()
