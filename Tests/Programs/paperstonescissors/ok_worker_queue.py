# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# accepted sockets go through a queue to worker threads; there is always one idle worker more, it grows on demand
import queue
import random
import socket
import sys
import threading

objects = ["Paper", "Stone", "Scissors"]
outcome = {
    ("Paper", "Paper"): "Draw", ("Paper", "Stone"): "I won", ("Paper", "Scissors"): "You won",
    ("Stone", "Paper"): "You won", ("Stone", "Stone"): "Draw", ("Stone", "Scissors"): "I won",
    ("Scissors", "Paper"): "I won", ("Scissors", "Stone"): "You won", ("Scissors", "Scissors"): "Draw",
}
jobs = queue.Queue()
idle = 0
lock = threading.Lock()


def get_selection(f):
    line = f.readline(65537)
    if line[-1:] != b"\n":
        return "?" if len(line) == 65537 else None
    return line.strip(b" \t\r\n").decode("latin-1")


def play(sock):
    with sock, sock.makefile("rb", buffering=64) as f:
        sel = get_selection(f)
        if sel is None:
            return
        if sel not in {"1", "2", "3"}:
            sock.sendall("ERR {!r} is not 1, 2 or 3\n".format(sel[:20]).encode())
        else:
            mine = random.choice(objects)
            yours = objects[int(sel) - 1]
            sock.sendall(f"I select {mine}\n".encode())
            sock.sendall(f"{outcome[mine, yours]}\n".encode())
            print(f"{mine} against {yours}: {outcome[mine, yours]}")
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(0.5)
        while f.read1(2048):
            pass


def worker():
    global idle
    while True:
        sock = jobs.get()
        try:
            play(sock)
        except OSError as e:
            print("player lost:", e)
        with lock:
            if idle >= 8:          # enough of us are waiting
                return
            idle += 1


def main():
    global idle
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    s.bind(("localhost", int(sys.argv[1])))
    s.listen()
    while True:
        sock, _ = s.accept()
        with lock:
            if idle > 0:
                idle -= 1
            else:
                threading.Thread(target=worker, daemon=True).start()
        jobs.put(sock)


main()
