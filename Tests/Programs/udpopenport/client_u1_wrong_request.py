# SPDX-License-Identifier: Apache-2.0
# corpus: client fail U1|K4
# when the second answer does not come, it is the first question (Hello) that is repeated
import select
import socket
import sys
import time


class Conversation:
    def __init__(self, host, port):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.connect((host, port))

    def say(self, text):
        try:
            self.sock.send(text)
        except ConnectionRefusedError:
            pass

    def hears(self, expected, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.sock], [], [], left)[0]:
                continue
            try:
                if self.sock.recv(1024) == expected:
                    return True
            except ConnectionRefusedError:
                pass
        return False

    def await_answer(self, expected):
        if self.hears(expected, 1):
            return
        for attempt in range(3):
            self.say(b"Hello")
            if self.hears(expected, 1):
                return
        sys.exit("The server does not answer")


talk = Conversation(sys.argv[1], int(sys.argv[2]))
talk.say(b"Hello")
talk.await_answer(b"Hello from me also")
print("Hello from me also", flush=True)
talk.say(b"Hello again")
talk.await_answer(b"Woow..we speak on the edge")
print("Woow..we speak on the edge", flush=True)
