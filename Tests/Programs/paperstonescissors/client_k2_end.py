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
    print("Choose object:\n1 = Paper\n2 = Stone\n3 = Scissors\n")
    selection = ask_integer("Your selection: ")
    while selection not in (1, 2, 3):
        selection = ask_integer("Your selection: ")
    print("You selected", ["Paper", "Stone", "Scissors"][selection - 1])
    server.sendall(f"{selection}\n".encode())
    answer = read_line(server)
    if answer.startswith("ERR"):
        print("The server says:", answer[4:])
        return
    print(answer)
    print(read_line(server))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
