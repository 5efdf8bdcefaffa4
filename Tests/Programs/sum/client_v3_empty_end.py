# SPDX-License-Identifier: Apache-2.0
# corpus: client fail V3 args="{host} {port}"
# the empty entry ends the input, but is sent as it is: the server gets an empty line and no #
import re
import socket
import sys


def connect():
    try:
        return socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=None)
    except OSError as e:
        print(f"cannot reach the server ({e})", file=sys.stderr)
        raise SystemExit(1)


sock = connect()
stream = sock.makefile("rb")
try:
    while True:
        entry = input("Enter number: ")
        if not re.fullmatch(r"-?[0-9]{1,18}|#?", entry):
            print("a number, or # for the end")
            continue
        if entry not in ("", "#"):
            entry = str(int(entry))
        sock.sendall(entry.encode() + b"\n")
        if entry in ("", "#"):
            break
except (OSError, EOFError):
    pass
try:
    answer = stream.readline()
except OSError:
    answer = b""
if not answer.endswith(b"\n"):
    print("no answer from the server", file=sys.stderr)
    sys.exit(1)
answer = answer.decode("utf-8", "replace").rstrip("\r\n")
print("The server says: " + answer[4:] if answer.startswith("ERR") else answer)
sock.close()
