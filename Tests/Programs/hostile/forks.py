# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Forks until there are 200 children, some in sessions of their own, all deaf to SIGTERM. It
# ends by itself after five minutes.
import os
import signal
import socket
import sys
import time

signal.alarm(300)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
for number in range(200):
    try:
        child = os.fork()
    except OSError:
        break
    if child == 0:
        signal.alarm(300)
        if number % 3 == 0:
            os.setsid()
        time.sleep(300)
        os._exit(0)
while True:
    conn, addr = server.accept()
    conn.close()
