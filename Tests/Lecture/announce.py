# SPDX-License-Identifier: Apache-2.0
"""Runs a program of the lecture and says on standard error when it listens and what it receives:
announce.py PROGRAM ARGUMENT..."""
import runpy
import socket
import sys


def announce(text):
    print(text, file=sys.stderr, flush=True)


class AnnouncingSocket(socket.socket):
    def listen(self, *arguments):
        super().listen(*arguments)
        if self.family == socket.AF_INET:
            announce(f"listening on {self.getsockname()[1]}")

    def bind(self, address):
        super().bind(address)
        if self.type == socket.SOCK_DGRAM:
            announce(f"listening on {self.getsockname()[1]}")

    def setsockopt(self, *arguments):
        super().setsockopt(*arguments)
        if arguments[1] == socket.IP_ADD_MEMBERSHIP:
            announce("joined the group")

    def recv(self, *arguments):
        data = super().recv(*arguments)
        announce(f"received {data}")
        return data

    def accept(self):
        descriptor, address = self._accept()
        return AnnouncingSocket(fileno=descriptor), address


socket.socket = AnnouncingSocket
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
