# SPDX-License-Identifier: Apache-2.0
# corpus: server fail C3
# threads without a lock: the new total is written back after the answer, so two requests at once can get the same number
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

total = 0


def request(conn):
    data = bytearray()
    while b"\r\n\r\n" not in data:
        part = conn.recv(2000)
        if not part or len(data) > 200_000:
            return False
        data += part
    data.partition(b"\r\n\r\n")[0].decode("utf-8")
    return True


def serve(conn, addr):
    global total
    with conn:
        try:
            if not request(conn):
                return
            number = total + 1
            print("request from", addr[0], flush=True)
            conn.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            conn.sendall(b"Total " + str(number).encode())
            total = number
            print("Total", total, flush=True)
            conn.shutdown(socket.SHUT_WR)
            conn.settimeout(1)
            while conn.recv(4096):
                pass
        except (OSError, UnicodeDecodeError) as problem:
            print(addr, problem, file=sys.stderr)


def main():
    with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256) as server:
        with ThreadPoolExecutor(max_workers=300) as pool:
            while True:
                pool.submit(serve, *server.accept())


main()
