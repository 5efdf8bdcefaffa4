# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6
# Nothing catches a refused connection.
import socket
import sys


def main():
    conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    conn.sendall(ask())
    buffer = b""
    while True:
        data = conn.recv(4096)
        if not data:
            print("The server has closed.")
            return
        buffer += data
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)
            text = line.decode("utf-8", "replace").rstrip("\r")
            show(conn, text)


def ask():
    return (input("Enter five numbers: ") + "\n").encode()


def show(conn, text):
    if text == "OK":
        print("Good luck!", flush=True)
    elif text.startswith("ERR"):
        print("The server says:", text[4:], flush=True)
        conn.sendall(ask())
    else:
        print(text, flush=True)


main()
