# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# os.fork for each client, SIGCHLD ignored, file objects in text mode with newline="\n"
import os
import signal
import socket
import sys


def child(conn):
    reader = conn.makefile("r", encoding="utf-8", newline="\n", buffering=32)
    writer = conn.makefile("w", encoding="utf-8", newline="\n")
    writer.write("Hello and welcome\n")
    writer.flush()
    line = reader.readline(65537)
    if not line.endswith("\n"):
        return
    line = line[:-1]
    if line[-1:] == "\r":
        line = line[:-1]
    print("Client said: ", line, flush=True)
    print("Thank you", file=writer, flush=True)
    conn.shutdown(socket.SHUT_WR)
    conn.settimeout(1)
    while conn.recv(4096):
        pass


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    srv = socket.socket()
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    srv.bind(("127.0.0.1", int(sys.argv[1])))
    srv.listen(32)
    print("parent", os.getpid(), "waits", flush=True)
    while True:
        try:
            conn, peer = srv.accept()
        except InterruptedError:
            continue
        pid = os.fork()
        if pid == 0:
            srv.close()
            code = 0
            try:
                child(conn)
            except (OSError, UnicodeError) as e:
                print("child", os.getpid(), "says:", e, flush=True)
                code = 1
            finally:
                conn.close()
                sys.stdout.flush()
                os._exit(code)
        conn.close()


main()
