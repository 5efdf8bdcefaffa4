# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K2
# Reads byte by byte up to the newline; when the server closes before, it reads for ever.
import re
import socket
import sys


def read_line(server):
    answer = b""
    while not answer.endswith(b"\n"):
        answer += server.recv(1)
    return answer.decode().rstrip("\r\n")


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    while True:
        entry = input("Enter number: ").strip()
        if entry in ("", "#"):
            break
        if re.fullmatch("[+-]?[0-9]+", entry):
            server.sendall(f"{entry}\n".encode())
        else:
            print("That is not a number.")
    server.sendall(b"#\n")
    answer = read_line(server)
    if answer.startswith("ERR"):
        answer = "The server says: " + answer[4:]
    print(answer)
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
