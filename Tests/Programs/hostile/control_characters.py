# SPDX-License-Identifier: Apache-2.0
# corpus: hostile
# Says, on its outputs and on the wire, what changes terminals, closes XML and is no UTF-8. It
# ends by itself after five minutes.
import os
import signal
import socket
import sys

NASTY = (
    b"\x1b[2J\x1b[31mred\x1b]0;title\x07 \x00\x01\x08\x0c\x7f\x9b1m"
    b" \xff\xfe\xc3( \xed\xa0\x80 \xf4\x90\x80\x80"
    b" \xe2\x80\xae gnp.exe \xef\xbb\xbf ]]> <b>&amp;\"' ::error::x \r%0A\n"
)
signal.alarm(300)
server = socket.create_server(("127.0.0.1", int(sys.argv[-1])))
os.write(1, NASTY)
os.write(2, NASTY)
while True:
    conn, addr = server.accept()
    try:
        conn.sendall(NASTY)
    except OSError:
        pass
    conn.close()
