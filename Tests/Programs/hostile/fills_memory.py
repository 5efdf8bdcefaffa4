# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Takes a megabyte of memory after the other, four gigabytes at most. It ends by itself after
# five minutes.
import signal
import socket
import sys
import time

signal.alarm(300)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
hoard = []
while len(hoard) < 4096:
    hoard.append(b"x" * (1 << 20))
time.sleep(300)
