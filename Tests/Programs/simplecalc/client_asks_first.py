# SPDX-License-Identifier: Apache-2.0
# corpus: client pass args="{host} {port}"
# asks first and connects only when both numbers are known; both numbers go out in one write
import socket
import sys


def ask(prompt):
    while True:
        text = input(prompt).strip()
        sign = text[1:] if text[:1] in ("+", "-") else text
        if sign.isascii() and sign.isdigit():
            return int(text)
        print("Please enter a whole number.")


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    try:
        first = ask("Enter number 1: ")
        second = ask("Enter number 2: ")
    except (EOFError, OSError):
        print("\nno numbers, no sum", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130

    try:
        sock = socket.create_connection((host, port), timeout=10)
    except OSError as e:
        print(f"Cannot connect to {host}:{port}: {e.strerror or e}", file=sys.stderr)
        return 1

    with sock, sock.makefile("rwb") as stream:
        try:
            stream.write(f"{first}\n{second}\n".encode())
            stream.flush()
            line = stream.readline(65537)
        except OSError as e:
            print("Connection lost:", e, file=sys.stderr)
            return 1
    if not line.endswith(b"\n"):
        print("The server closed without an answer.", file=sys.stderr)
        return 1
    answer = line.decode("utf-8", "replace").rstrip("\r\n")
    if answer.startswith("ERR "):
        print("The server says:", answer[4:])
        return 0
    try:
        print("Result is:", int(answer))
    except ValueError:
        print("I do not understand the server:", answer, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
