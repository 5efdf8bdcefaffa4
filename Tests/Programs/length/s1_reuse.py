# SPDX-License-Identifier: Apache-2.0
# corpus: server warn S1
# No SO_REUSEADDR: it cannot be started again while old connections are remembered.
import socket
import struct
import sys
import threading


def receive(peer, count):
    data = b""
    while len(data) < count:
        part = peer.recv(count - len(data))
        if not part:
            raise ConnectionError("closed")
        data += part
    return data


def send(peer, text):
    data = text.encode()
    peer.sendall(struct.pack(">H", len(data)) + data)


def echo(peer):
    while True:
        (size,) = struct.unpack(">H", receive(peer, 2))
        text = receive(peer, size).decode()
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
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        peer, address = server.accept()
        threading.Thread(target=on_client, args=(peer,), daemon=True).start()


main()
