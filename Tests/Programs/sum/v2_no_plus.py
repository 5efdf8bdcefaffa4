# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V2
# the regular expression knows the minus but not the plus: +5 is an error
import re
import socket
import sys
import threading

NUMBER = re.compile(rb"\s*(-?[0-9]{1,19})\s*")
END = re.compile(rb"\s*#\s*\n")


def conversation(sock):
    total = 0
    with sock, sock.makefile("rwb") as stream:
        for line in iter(lambda: stream.readline(65537), b""):
            if END.fullmatch(line):
                stream.write(b"%d\n" % total)
                stream.flush()
                return
            if m := NUMBER.fullmatch(line):
                total += int(m[1])
            elif line.endswith(b"\n") or len(line) > 65536:
                stream.write(b"ERR not a number\n")
                stream.flush()
                return


def guarded(sock):
    try:
        conversation(sock)
    except OSError:
        pass


with socket.create_server(("localhost", int(sys.argv[1])), backlog=100) as main:
    while True:
        peer, _ = main.accept()
        threading.Thread(target=guarded, args=[peer], daemon=True).start()
