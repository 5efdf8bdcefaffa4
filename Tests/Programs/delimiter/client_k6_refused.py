# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Without a server it ends with a traceback.
import socket
import sys
import threading


def receive(server):
    try:
        return server.recv(4096)
    except OSError:
        return b""


def listen(server):
    rest = b""
    while data := receive(server):
        *messages, rest = (rest + data).split(b"#")
        for message in messages:
            print(message.decode(errors="replace"), flush=True)


def main():
    server = socket.create_connection((sys.argv[-2], int(sys.argv[-1])))
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
