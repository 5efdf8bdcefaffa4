# SPDX-License-Identifier: Apache-2.0
# corpus: server pass
# struct, recv_exactly with recv_into a memoryview, a ThreadPoolExecutor of 256 workers
import concurrent.futures
import socket
import struct
import sys

HEADER = struct.Struct("!H")


def recv_exactly(sock, n):
    block = bytearray(n)
    view = memoryview(block)
    while view:
        k = sock.recv_into(view)
        if k == 0:
            raise EOFError
        view = view[k:]
    return bytes(block)


def serve(sock, addr):
    try:
        with sock:
            while True:
                (size,) = HEADER.unpack(recv_exactly(sock, HEADER.size))
                words = recv_exactly(sock, size).decode("utf-8")
                print(f"Client said: {words}\n", end="")
                answer = ("Heard: " + words).encode("utf-8")
                if len(answer) > 0xFFFF:
                    print("  (too long to repeat it)")
                    break
                sock.sendall(HEADER.pack(len(answer)))
                sock.sendall(answer)
    except (EOFError, UnicodeDecodeError, OSError) as e:
        print(f"{addr}: {type(e).__name__} {e}")


def main():
    with socket.socket() as s, concurrent.futures.ThreadPoolExecutor(max_workers=256) as pool:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", int(sys.argv[1])))
        s.listen(128)
        while True:
            conn, addr = s.accept()
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pool.submit(serve, conn, addr)


main()
