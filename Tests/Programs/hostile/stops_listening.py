# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Listens, and closes its socket a moment later, while it runs on. It ends by itself after
# five minutes.
import signal
import socket
import sys
import time

signal.alarm(300)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
time.sleep(0.3)
server.close()
time.sleep(300)
