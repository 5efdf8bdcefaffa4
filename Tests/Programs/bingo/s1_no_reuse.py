# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1 args=1 options="--set interval=1s"
# No SO_REUSEADDR.
import random
import select
import socket
import sys
import time

interval = float(sys.argv[2]) if len(sys.argv) > 2 else 10
clients = {}  # socket -> bytes of a line that is not whole yet
tickets = {}


def remove(sock):
    if sock in clients:
        del clients[sock]
        tickets.pop(sock, None)
        sock.close()


def send(sock, text):
    try:
        if sock in clients:
            sock.send((text + "\n").encode())  # a short line fits, or nobody reads
    except OSError:
        remove(sock)


def check(text):
    try:
        numbers = [int(n) for n in text.replace(",", " ").split()]
    except ValueError:
        return None
    good = len(numbers) == 5 and len(set(numbers)) == 5
    return numbers if good and min(numbers) >= 1 and max(numbers) <= 47 else None


def got_line(sock, line):
    text = line.decode("utf-8", "replace")
    numbers = check(text)
    if numbers is None:
        send(sock, "ERR wrong ticket")
        return
    tickets[sock] = numbers
    send(sock, "OK")


def read(sock):
    try:
        data = sock.recv(4096)
    except OSError:
        data = b""
    if not data:
        remove(sock)
        return
    clients[sock] += data
    while sock in clients and b"\n" in clients[sock]:
        line, clients[sock] = clients[sock].split(b"\n", 1)
        got_line(sock, line)
    if len(clients.get(sock, b"")) > 65536:
        remove(sock)


def draw():
    numbers = sorted(random.sample(range(1, 48), 5))
    text = "Drawn: " + " ".join(map(str, numbers))
    print(text, flush=True)
    for sock in list(clients):
        send(sock, text)
    for sock, ticket in list(tickets.items()):
        hits = sum(n in numbers for n in ticket)
        send(sock, "BINGO" if hits == 5 else f"You hit {hits}")


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(50)
next_draw = time.monotonic() + interval
while True:
    wait = max(0, next_draw - time.monotonic())
    ready, _, _ = select.select([server] + list(clients), [], [], wait)
    for sock in ready:
        if sock is server:
            new, _ = server.accept()
            new.setblocking(False)
            clients[new] = b""
        elif sock in clients:
            read(sock)
    if time.monotonic() >= next_draw:
        draw()
        next_draw += interval
