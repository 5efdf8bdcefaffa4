# SPDX-License-Identifier: Apache-2.0
# corpus: client pass
# iter() with a sentinel-like generator collects the whole list first; then one connection, one write with everything
import re
import socket
import sys


def entries():
    while True:
        try:
            entry = input("Enter number: ").strip()
        except EOFError:
            return
        if entry in ("", "#"):
            return
        if re.fullmatch(r"[+-]?[0-9]+", entry):
            yield entry
        else:
            print("a number, an empty line or #")


def main():
    words = [*entries(), "#"]
    with socket.socket() as s:
        try:
            s.connect((sys.argv[1], int(sys.argv[2])))
        except OSError as e:
            print("no connection:", e.strerror, file=sys.stderr)
            return 1
        data = bytearray()
        try:
            s.sendall("".join(w + "\n" for w in words).encode())
            s.shutdown(socket.SHUT_WR)      # nothing more comes from here
            while not data.endswith(b"\n"):
                got = s.recv(1000)
                if not got:
                    break
                data += got
        except OSError:
            pass
    if not data.endswith(b"\n"):
        print("the server went away", file=sys.stderr)
        return 1
    text = data.decode("utf-8", "replace").strip()
    print("The server says: " + text[4:] if text.startswith("ERR ") else text)
    return 0


sys.exit(main())
