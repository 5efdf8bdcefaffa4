# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K4
# Sends its ticket again after each draw.
import socket
import sys


def main():
    try:
        conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    except OSError as e:
        sys.exit(f"no connection: {e}")
    global ticket
    ticket = ask()
    conn.sendall(ticket)
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
        if text.startswith("Drawn"):
            conn.sendall(ticket)


try:
    main()
except OSError as e:
    print("connection lost:", e)
except EOFError:
    pass
