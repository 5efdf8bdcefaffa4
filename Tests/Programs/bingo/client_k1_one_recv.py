# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K1
# Shows what each recv() brings as if it were one message.
import socket
import sys


def main():
    try:
        conn = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    except OSError as e:
        sys.exit(f"no connection: {e}")
    conn.sendall(ask())
    while True:
        data = conn.recv(4096)
        if not data:
            print("The server has closed.")
            return
        show(conn, data.decode("utf-8", "replace").rstrip("\r\n"))


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


try:
    main()
except OSError as e:
    print("connection lost:", e)
except EOFError:
    pass
