# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D2
# A reset raises an exception that nobody catches.
import select
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(100)
heads = {}  # socket -> what has come of its request
total = 0


def close(sock):
    del heads[sock]
    sock.close()


def receive(sock):
    return sock.recv(4096)


def answer(sock, head):
    global total
    total += 1
    print("Total", total, end="\r", flush=True)
    try:
        sock.sendall(f"HTTP/1.1 200 OK\r\n\r\nTotal {total}".encode())
    except OSError:
        pass


while True:
    ready, _, _ = select.select([server] + list(heads), [], [])
    for sock in ready:
        if sock is server:
            new, _ = server.accept()
            heads[new] = b""
            continue
        data = receive(sock)
        if not data:
            close(sock)
            continue
        heads[sock] += data
        if b"\r\n\r\n" in heads[sock]:
            answer(sock, heads[sock].split(b"\r\n\r\n")[0])
            close(sock)
        elif len(heads[sock]) > 65536:
            close(sock)
