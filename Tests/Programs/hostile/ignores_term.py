# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Ignores the signals that ask it to end. It ends by itself after five minutes.
import signal
import socket
import sys

signal.alarm(300)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_IGN)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
print("you cannot end me", flush=True)
while True:
    conn, addr = server.accept()
    conn.close()
