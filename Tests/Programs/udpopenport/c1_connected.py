# SPDX-License-Identifier: Apache-2.0
# corpus: server fail C1|C3
# Connects its socket to the first client; whoever comes meanwhile is not heard.
import socket
import sys

while True:
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", int(sys.argv[1])))
    data, addr = server.recvfrom(128)
    if data == b"Hello":
        server.connect(addr)
        server.settimeout(30)
        try:
            server.send(b"Hello from me also")
            while server.recv(128) != b"Hello again":
                pass
            server.send(b"Woow..we speak on the edge")
        except OSError:
            pass
    server.close()
