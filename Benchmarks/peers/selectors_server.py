# SPDX-License-Identifier: Apache-2.0
"""guess, sum and broadcast with the selectors module: selectors_server.py PROTOCOL PORT."""

import resource
import selectors
import socket
import sys

from session import ERROR, SESSIONS


class Connection:
    """One client: the line that is not complete yet, and answers that it has not taken."""

    __slots__ = ("socket", "session", "partial", "pending", "is_closing")

    def __init__(self, client, session):
        self.socket = client
        self.session = session
        self.partial = b""
        self.pending = b""
        self.is_closing = False


class Server:
    """One thread, one selector; reads what is there, answers every complete line, writes once."""

    def __init__(self, protocol, port):
        self.make_session = SESSIONS.get(protocol)
        self.connections = set()
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", port), backlog=4096)
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ)

    def run(self):
        while True:
            for key, events in self.selector.select():
                if key.data is None:
                    self.accept()
                elif events & selectors.EVENT_WRITE:
                    self.send(key.data, b"")
                else:
                    self.receive(key.data)

    def accept(self):
        client, _ = self.listener.accept()
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(client, self.make_session and self.make_session())
        self.connections.add(connection)
        self.selector.register(client, selectors.EVENT_READ, connection)
        if self.make_session is None:
            self.send(connection, b"welcome\n")

    def receive(self, connection):
        try:
            data = connection.socket.recv(65536)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            self.drop(connection)
            return
        *lines, connection.partial = (connection.partial + data).split(b"\n")
        if connection.session is None:
            said = b"".join([b"said: %b\n" % line for line in lines])
            for receiver in list(self.connections):
                self.send(receiver, said)
            return
        answers = []
        try:
            for line in lines:
                answers.append(connection.session.answer(line))
        except ValueError:
            answers.append(ERROR)
            connection.is_closing = True
        self.send(connection, b"".join(answers))

    def send(self, connection, data):
        had_pending = bool(connection.pending)
        connection.pending += data
        try:
            sent = connection.socket.send(connection.pending) if connection.pending else 0
        except BlockingIOError:
            sent = 0
        except ConnectionError:
            sent = len(connection.pending)  # receive() notices that the peer has gone
        connection.pending = connection.pending[sent:]
        if connection.is_closing and not connection.pending:
            self.drop(connection)
        elif had_pending != bool(connection.pending):
            events = selectors.EVENT_WRITE if connection.pending else selectors.EVENT_READ
            self.selector.modify(connection.socket, events, connection)

    def drop(self, connection):
        self.connections.discard(connection)
        self.selector.unregister(connection.socket)
        connection.socket.close()


def main():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    Server(sys.argv[1], int(sys.argv[2])).run()


main()
