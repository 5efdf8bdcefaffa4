# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Connects to each port that anybody listens on at this computer, its own too, and says
# something there. It ends by itself after five minutes.
import signal
import socket
import sys
import time

signal.alarm(300)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
server.settimeout(0.2)


def listening_ports():
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in list(table)[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A"}


while True:
    for port in listening_ports():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.2) as stranger:
                stranger.sendall(b"Is this the tester?\n")
        except OSError:
            pass
    try:
        conn, addr = server.accept()
        conn.close()
    except TimeoutError:
        time.sleep(0.3)
