# SPDX-License-Identifier: Apache-2.0
# corpus: client fail V2 args="{host} {port}"
# isdigit() does not know the minus: a negative guess, which is legal, is never sent
import socket
import sys

try:
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    print("Sorry, no server:", error)
    sys.exit(2)

number = input("Enter number: ").strip()
while not number.isdigit():
    print("A number, please!")
    number = input("Enter number: ").strip()

f = s.makefile("rw", encoding="utf-8", errors="replace", newline="\n")
try:
    f.write(str(int(number)) + "\n")
    f.flush()
    reply = f.readline()
except OSError as error:
    print("Connection lost:", error)
    sys.exit(1)
if not reply.endswith("\n"):
    print("The server went away")
    sys.exit(1)
reply = reply.rstrip("\r\n")
if reply.startswith("ERR "):
    print("The server says:", reply[4:])
else:
    print(reply)
s.close()
