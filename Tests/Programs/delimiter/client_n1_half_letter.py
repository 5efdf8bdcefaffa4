# SPDX-License-Identifier: Apache-2.0
# corpus: client fail N1 args="{host} {port}"
# every piece is decoded by itself: a letter like š that comes in two pieces is an exception
import os
import select
import socket
import sys


def main():
    try:
        sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    except OSError as e:
        print("Cannot connect:", e.strerror)
        return 1
    typed = b""
    heard = ""
    watch = [sock, 0]
    while True:
        ready, _, _ = select.select(watch, [], [])
        if 0 in ready:
            try:
                keys = os.read(0, 4096)
            except OSError:
                keys = b""
            if not keys:
                watch.remove(0)
                sock.shutdown(socket.SHUT_WR)
            typed += keys
            while b"\n" in typed:
                line, typed = typed.split(b"\n", 1)
                sock.sendall(line + b"#")
        if sock in ready:
            try:
                data = sock.recv(1024)
            except OSError as e:
                print("Connection lost:", e.strerror)
                return 1
            if not data:
                return 0
            heard += data.decode("utf-8")
            *messages, heard = heard.split("#")
            for m in messages:
                print(m, flush=True)


sys.exit(main())
