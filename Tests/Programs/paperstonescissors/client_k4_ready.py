# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4|X3
# Sends a zero as soon as it is connected, to wake the server up.
import re
import socket
import sys


def ask_integer(prompt):
    while True:
        text = input(prompt).strip()
        if re.fullmatch("[+-]?[0-9]+", text):
            return int(text)
        print("That is not a number.")


def read_line(file):
    line = file.readline(65536)
    if not line.endswith("\n"):
        sys.exit("The server has closed the connection.")
    return line.rstrip("\r\n")


def main():
    host, port = sys.argv[-2], int(sys.argv[-1])
    try:
        server = socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"Cannot connect to {host}:{port}: {error.strerror}")
    file = server.makefile("r", encoding="utf-8", newline="\n")
    server.sendall(b"0\n")
    print("Choose object:\n1 = Paper\n2 = Stone\n3 = Scissors\n")
    selection = ask_integer("Your selection: ")
    while selection not in (1, 2, 3):
        selection = ask_integer("Your selection: ")
    print("You selected", ["Paper", "Stone", "Scissors"][selection - 1])
    server.sendall(f"{selection}\n".encode())
    answer = read_line(file)
    if answer.startswith("ERR"):
        print("The server says:", answer[4:])
        return
    print(answer)
    print(read_line(file))
    server.close()


try:
    main()
except EOFError:
    print()
except OSError as error:
    sys.exit(f"The connection is lost: {error.strerror}")
