# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Writes a file into the directory in which it was started. It ends by
# itself after five minutes.
import signal
import socket
import sys

signal.alarm(300)
try:
    with open("pnprun-was-here.txt", "w") as file:
        file.write("a program under test has written this\n")
except OSError as error:
    print("cannot write:", error, flush=True)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
while True:
    conn, addr = server.accept()
    conn.close()
