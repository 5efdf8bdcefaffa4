# SPDX-License-Identifier: Apache-2.0
# corpus: server pass framing=chunk
# In the style of the lecture: no framing, every recv() is a message.
import random
import socket
import sys
import threading


def receive(conn):
    data = conn.recv(256)
    if not data:
        raise ConnectionError("closed")
    return data.decode()


def session(conn):
    secret = random.randint(1, 5)
    guess = int(receive(conn))
    if guess == secret:
        conn.send(b"Nice! I guessed that number")
    else:
        conn.send(f"Wrong! I guessed {secret} and you typed {guess}".encode())


def serve(conn):
    try:
        try:
            session(conn)
        except ValueError:
            conn.send(b"ERR I do not understand")
    except OSError:
        pass
    finally:
        conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[-1])))
server.listen(10)
while True:
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
