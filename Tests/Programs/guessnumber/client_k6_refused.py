# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Without a server it ends with a traceback.
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
    server = socket.create_connection((sys.argv[-2], int(sys.argv[-1])))
    file = server.makefile("r", encoding="utf-8", newline="\n")
    number = ask_integer("Enter number: ")
    server.sendall(f"{number}\n".encode())
    answer = read_line(file)
    if answer.startswith("ERR"):
        answer = "The server says: " + answer[4:]
    print(answer)
    server.close()


try:
    main()
except EOFError:
    print()
