# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Ends at once, but leaves a daemon behind, in a session of its own, that keeps the port. It
# ends by itself after five minutes.
import os
import signal
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
if os.fork():
    sys.exit(0)
os.setsid()
if os.fork():
    os._exit(0)
os.chdir("/")
signal.alarm(300)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    conn, addr = server.accept()
    conn.close()
