# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F2|F4
# Each message starts with an empty buffer, so what came behind the last one is lost.
import socket
import struct
import sys
import threading


def send(peer, text):
    data = text.encode()
    peer.sendall(struct.pack(">H", len(data)) + data)


def echo(peer):
    while True:
        data = b""
        while len(data) < 2 or len(data) < 2 + struct.unpack(">H", data[:2])[0]:
            part = peer.recv(4096)
            if not part:
                raise ConnectionError("closed")
            data += part
        (size,) = struct.unpack(">H", data[:2])
        text = data[2:2 + size].decode()
        print("Client said:", text)
        if size > 65528:
            raise ValueError("too long to repeat")
        send(peer, "Heard: " + text)


def on_client(peer):
    try:
        try:
            echo(peer)
        except ValueError as error:
            send(peer, f"ERR {error}")
    except OSError:
        pass
    finally:
        peer.close()


def main():
    port = int(sys.argv[-1])
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        peer, address = server.accept()
        threading.Thread(target=on_client, args=(peer,), daemon=True).start()


main()
