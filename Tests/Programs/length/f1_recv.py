# SPDX-License-Identifier: Apache-2.0
# corpus: server fail F1
# The length is read but not used: what recv() brings is the text.
import socket
import struct
import sys
import threading


def send(peer, text):
    data = text.encode()
    peer.sendall(struct.pack(">H", len(data)) + data)


def echo(peer):
    while True:
        data = peer.recv(65537)
        if len(data) < 2:
            raise ConnectionError("closed")
        (size,) = struct.unpack(">H", data[:2])
        text = data[2:].decode()
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
