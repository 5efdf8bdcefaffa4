# SPDX-License-Identifier: Apache-2.0
# corpus: client warn K6 framing=chunk
# The client of the lecture: without a server it ends with a traceback.
import socket
import sys
import time

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((sys.argv[-2], int(sys.argv[-1])))


def receive():
    data = client.recv(256)
    if not data:
        sys.exit("The server has closed the connection.")
    return data.decode()


while True:
    val = input("Enter number: ").strip()
    if val == "" or val == "#":
        client.send(b"#")
        print(receive())
        break
    client.send(val.encode("utf-8"))
    time.sleep(0.05)  # the server must not read two numbers at once
client.close()
