# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K1
# Prints what one recv() brings and cuts the last # off.
import socket
import sys
import threading


def receive(server):
    try:
        return server.recv(4096)
    except OSError:
        return b""


def listen(server):
    while data := receive(server):
        print(data.decode(errors="replace").rstrip("#"), flush=True)


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    listener = threading.Thread(target=listen, args=(server,))
    listener.start()
    try:
        for line in sys.stdin:
            server.sendall(line.rstrip("\n").replace("#", "").encode() + b"#")
        server.shutdown(socket.SHUT_WR)
    except OSError:
        sys.exit("The server has gone.")
    listener.join()
    server.close()


main()
