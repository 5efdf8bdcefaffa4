# SPDX-License-Identifier: Apache-2.0
# corpus: server warn R2 args=1 options="--set interval=1s"
# Reads a line of any length.
import queue
import random
import socket
import sys
import threading
import time

INTERVAL = float(sys.argv[2]) if len(sys.argv) > 2 else 10
players = {}  # queue of lines to send -> ticket (or None)
lock = threading.Lock()


def parse(text):
    """The five numbers of a ticket, or None."""
    words = text.replace(",", " ").split()
    if not all(w.isascii() and w.isdigit() for w in words):
        return None
    numbers = {int(w) for w in words}
    if len(words) != 5 or len(numbers) != 5 or min(numbers) < 1 or max(numbers) > 47:
        return None
    return numbers


def draw():
    return sorted(random.sample(range(1, 48), 5))


def game():
    while True:
        time.sleep(INTERVAL)
        numbers = draw()
        text = "Drawn: " + " ".join(map(str, numbers))
        print(text, flush=True)
        with lock:
            for box in players:
                box.put(text)
            for box, ticket in players.items():
                if ticket:
                    hits = len(ticket & set(numbers))
                    box.put("BINGO" if hits == 5 else f"You hit {hits}")


def writer(conn, box):
    try:
        while True:
            text = box.get()
            if text is None:
                break
            conn.sendall((text + "\n").encode())
    except OSError:
        pass


def play(f, box):
    while True:
        data = f.readline()
        if not data.endswith(b"\n"):
            break
        ticket = parse(data.decode("utf-8", "replace"))
        with lock:
            if ticket:
                players[box] = ticket
                box.put("OK")
            else:
                box.put("ERR five different numbers from 1 to 47, please")


def handle(conn):
    box = queue.Queue()
    out = threading.Thread(target=writer, args=(conn, box), daemon=True)
    out.start()
    with lock:
        players[box] = None
    try:
        play(conn.makefile("rb"), box)
    except OSError:
        pass
    with lock:
        del players[box]
    box.put(None)
    out.join(2)
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=100)
threading.Thread(target=game, daemon=True).start()
print("Bingo!", flush=True)
while True:
    conn, addr = server.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
