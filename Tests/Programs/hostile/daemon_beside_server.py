# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Serves, and leaves a second process behind that has forgotten its parents and closed
# everything. It ends by itself after five minutes.
import os
import signal
import socket
import sys
import time

signal.alarm(300)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        signal.alarm(300)
        while True:
            time.sleep(60)
    os._exit(0)
os.wait()
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
while True:
    conn, addr = server.accept()
    conn.close()
