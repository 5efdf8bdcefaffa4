# SPDX-License-Identifier: Apache-2.0
# corpus: server fail D9
# sSocket.close() of the lecture stands inside the loop: the second client is refused
import socket, sys, threading

def session(conn):
    try:
        conn.sendall(b"Hello and welcome\n")
        said = bytearray()
        while b"\n" not in said:
            if len(said) > 70000:
                conn.close()
                return
            data = conn.recv(256)
            if not data:
                conn.close()
                return
            said += data
        text = said.split(b"\n")[0].decode("utf-8", "replace")
        print("Client said: ", text.rstrip("\r"), flush=True)
        conn.sendall(b"Thank you\n")
    except OSError:
        pass
    conn.close()

sSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sSocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sSocket.bind(("localhost", int(sys.argv[1])))
sSocket.listen()
while True:
    conn, addr = sSocket.accept()
    threading.Thread(target=session, args=(conn,)).start()
    sSocket.close()
