# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K2
# Reads byte by byte up to the newline; when the server closes before, it reads for ever.
import re
import socket
import sys


def ask_integer(prompt):
    while True:
        text = input(prompt).strip()
        if re.fullmatch("[+-]?[0-9]+", text):
            return int(text)
        print("That is not a number.")


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
    first = ask_integer("Enter number 1: ")
    second = ask_integer("Enter number 2: ")
    server.sendall(f"{first}\n{second}\n".encode())
    answer = read_line(server)
    if answer.startswith("ERR"):
        print("The server says:", answer[4:])
    else:
        print("Result is:", answer)
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
