# SPDX-License-Identifier: Apache-2.0
# corpus: client fail V7 args="{host} {port}"
# the numbers are sent as Python shows a list, [4, 12, 31, 40, 45]
import select
import socket
import sys


class Client:
    def __init__(self, address):
        self.sock = socket.create_connection(address)
        self.rest = b""

    def ticket(self):
        typed = input("Enter five numbers: ")
        try:
            typed = [int(word) for word in typed.replace(",", " ").split()]
        except ValueError:
            pass                       # the server will complain
        self.sock.sendall(f"{typed}\n".encode("utf-8"))

    def next_line(self):
        while b"\n" not in self.rest:
            select.select([self.sock], [], [])
            data = self.sock.recv(1000)
            if not data:
                return None
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode("utf-8", "replace").rstrip("\r")

    def play(self):
        self.ticket()
        while (line := self.next_line()) is not None:
            if line == "OK":
                print("Good luck!", flush=True)
            elif line.startswith("ERR"):
                print("The server says:", line[4:], flush=True)
                self.ticket()
            else:
                print(line, flush=True)


try:
    Client((sys.argv[1], int(sys.argv[2]))).play()
except ConnectionRefusedError:
    sys.exit("There is no bingo today (connection refused)")
except (OSError, EOFError) as e:
    sys.exit(f"It is over: {e}")
