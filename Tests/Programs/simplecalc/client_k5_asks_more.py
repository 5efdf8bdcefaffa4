# SPDX-License-Identifier: Apache-2.0
# corpus: client fail K5
# Before it connects it wants an answer that the exercise does not know.
import socket
import sys

first = int(input("Enter number 1: "))
second = int(input("Enter number 2: "))
while input("Connect now (yes or no)? ") != "yes":
    pass
try:
    sock = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
except OSError as error:
    sys.exit(f"no server: {error}")
with sock, sock.makefile("r") as lines:
    sock.sendall(f"{first}\n{second}\n".encode())
    print("Result is:", lines.readline().strip())
