# SPDX-License-Identifier: Apache-2.0
# corpus: server fail V2 args=1 options="--set interval=1s"
# a ticket with 47 is refused: the upper border is compared with < instead of <=
import random
import re
import socket
import struct
import sys
import threading
import time

INTERVAL = float(sys.argv[2])
lock = threading.Lock()
tickets = {}            # connection -> its numbers, or None


def parse(line):
    fields = re.split(r"[\s,]+", line.strip(" ,\t\r\n"))
    if len(fields) != 5 or not all(re.fullmatch(r"[0-9]{1,4}", f) for f in fields):
        return None
    numbers = {int(f) for f in fields}
    if len(numbers) != 5 or not all(0 < n < 47 for n in numbers):
        return None
    return numbers


def draw():
    start = time.monotonic()
    round_ = 0
    while True:
        round_ += 1
        time.sleep(max(0, start + round_ * INTERVAL - time.monotonic()))
        drawn = sorted(random.sample(range(1, 48), 5))
        line = "Drawn: " + " ".join(map(str, drawn))
        print(line, flush=True)
        with lock:
            for conn, ticket in tickets.items():
                text = line + "\n"
                if ticket is not None:
                    hits = len(ticket.intersection(drawn))
                    text += "BINGO\n" if hits == 5 else f"You hit {hits}\n"
                try:
                    conn.sendall(text.encode())
                except OSError:
                    pass


def player(conn):
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 1, 0))
    with lock:
        tickets[conn] = None
    try:
        f = conn.makefile("rb")
        while (line := f.readline(70000)).endswith(b"\n"):
            ticket = parse(line.decode("utf-8", "replace"))
            with lock:
                if ticket is None:
                    conn.sendall(b"ERR five different numbers from 1 to 47, please\n")
                else:
                    tickets[conn] = ticket
                    conn.sendall(b"OK\n")
    except OSError:
        pass
    with lock:
        del tickets[conn]
    conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=64)
threading.Thread(target=draw, daemon=True).start()
print("Bingo!", flush=True)
while True:
    c, a = server.accept()
    threading.Thread(target=player, args=(c,), daemon=True).start()
