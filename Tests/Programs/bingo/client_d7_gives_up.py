# SPDX-License-Identifier: Apache-2.0
# corpus: client fail D7 args="{host} {port}"
# after an ERR the client ends; it should ask for another ticket
import socket
import sys


def lines(sock):
    buf = b""
    while True:
        *complete, buf = buf.split(b"\n")
        for line in complete:
            yield line.decode("utf-8", "replace").removesuffix("\r")
        data = sock.recv(4096)
        if not data:
            return
        buf += data


def run():
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    sock.sendall(input("Enter five numbers: ").encode() + b"\n")
    for line in lines(sock):
        word, _, rest = line.partition(" ")
        match word:
            case "OK":
                print("Good luck!", flush=True)
            case "ERR":
                print("The server says:", rest, flush=True)
                return 1
            case "Drawn:" | "You" | "BINGO":
                print(line, flush=True)
            case _:
                print("What does the server mean with", repr(line), flush=True)
                return 1
    print("The server has closed the connection.")
    return 0


try:
    sys.exit(run())
except (OSError, EOFError) as e:
    sys.exit(f"bingo: {e}")
