// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// Messages to many.
  static let chat: [String: String] = [
    "B1": #"""
    A broadcast goes to all clients, one after the other. One of them has just
    gone away without a word; sendall() to it raises an error. The error leaves
    the loop, and everybody who comes later in the list gets nothing.

    Instead of

        try:
            for client in clients:
                client.sendall(message)
        except OSError:
            pass                                     # the rest get nothing

    put the try inside the loop, and remember who is gone:

        for client in list(clients):                 # a copy: the list changes
            try:
                client.sendall(message)
            except OSError:
                clients.remove(client)
                client.close()

    The copy matters: if you remove something from a list while you go through
    it, the loop skips the one behind it.
    """#,
    "B2": #"""
    To whom does a message go: to all, or to all but the one who sent it? A
    protocol fixes it, and it may differ from message to message. In letstalk
    the sender sees its own message, "Sally: hi", but it is not told that it has
    entered itself.

    Give the function of the broadcast a parameter, so that the decision is
    visible at each place where you call it:

        def broadcast(message, but=None):
            for client in list(clients):
                if client is not but:
                    send(client, message)

        broadcast(f"User {name} has entered room\n", but=client)
        broadcast(f"{name}: {text}\n")               # the sender too

    If the sender's copy is there but comes twice, look for a sendall() beside
    the broadcast. If it is missing for everybody, look when the client is put
    on the list: before the broadcast, or after it.
    """#,
    "B3": #"""
    A client that has connected is not in the room yet: it enters when it has
    said what the protocol asks for, such as its name. Until then it is sent
    nothing that the others say.

    Instead of

        conn, address = server.accept()
        clients.append(conn)                         # too early
        name = read_line(conn)

    put it on the list when it has entered:

        name = read_line(conn)
        if not name or name in names:
            refuse(conn)
            return
        broadcast(f"User {name} has entered room\n")
        clients.append(conn)

    The same holds for the other end: take it off the list before you tell the
    others that it has left.
    """#,
    "B4": #"""
    Two threads write to the same client at the same time, and their bytes come
    in turns: "Sally: hePeter: hi" and then "llo". It happens rarely and only
    under load, which makes it so hard to find.

    Instead of

        client.sendall(name.encode())                # another thread can
        client.sendall(b": ")                        # come in between
        client.sendall(text.encode() + b"\n")

    build the message first, and let one thread at a time write to a client:

        message = f"{name}: {text}\n".encode()
        with lock:
            for client in list(clients):
                send(client, message)

    One lock around the whole broadcast also keeps the order: everybody then
    sees all messages in the same order. A big message needs the lock even with
    one sendall(), because inside it sends several times. Use "with lock:", so
    that it is released whatever happens.
    """#,
    "B5": #"""
    A name stands for one user at a time. The first message of a connection is
    its name, and it is refused when it is empty or when somebody has it
    already; until then the connection neither gets nor sends anything.

    Check before you store, and do both under one lock, or two clients with the
    same name can slip in between:

        with lock:
            if name == "":
                problem = "the name is empty"
            elif name in users:
                problem = "the name is taken"
            else:
                users[name] = conn
                problem = None
        if problem:
            conn.sendall(f"ERR {problem}\n".encode())
            conn.close()
            return

    Take the name with strip(), or "Ana" and "Ana\r" are two people. Keep it in
    a local variable: with a global one all messages come from the last who
    entered. And give the name free when its user leaves.
    """#,
    "B6": #"""
    The others should be told when a user leaves, however that happens: the
    client closes, it is killed, or the network is gone. A line at the end of
    the loop is not enough, since an error jumps over it.

    Instead of

        while True:
            line = read_line(conn)
            if line is None:
                break
            broadcast(f"{name}: {line}\n")
        broadcast(f"User {name} has left room\n")    # not after an error

    use finally, which is reached on every way:

        try:
            while (line := read_line(conn)) is not None:
                broadcast(f"{name}: {line}\n")
        except OSError:
            pass
        finally:
            del users[name]                          # first, then tell the others
            broadcast(f"User {name} has left room\n")
            conn.close()
    """#,
  ]
}
