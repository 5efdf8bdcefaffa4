// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// How connections and programs end.
  static let ending: [String: String] = [
    "D1": #"""
    When the other side closes its connection, recv() returns an empty result,
    b"". It does so at once, and every time you call it again. A loop that does
    not look for it turns round as fast as it can: your program uses a whole
    processor for a client that went home long ago.

    Instead of

        while True:
            data = conn.recv(1024)
            buffer += data                           # adds nothing, for ever

    leave the loop:

        while True:
            data = conn.recv(1024)
            if not data:                             # the client has closed
                break
            buffer += data
        conn.close()

    An empty line is not the end: it arrives as b"\n", which is one byte. The
    end of the stream is no byte at all.
    """#,
    "D2": #"""
    A client can break off: it crashes, somebody presses Ctrl-C, the network is
    gone. The system then resets the connection, and recv() or send() raises
    ConnectionResetError. If nobody catches it, the error climbs up to the top
    and ends the server, and with it the conversations of all others.

    Instead of

        while True:
            conn, address = server.accept()
            serve(conn)                              # one bad client ends all

    catch it where one client ends and the next begins:

        while True:
            conn, address = server.accept()
            try:
                serve(conn)
            except OSError as error:
                print("client", address, "broke off:", error)
            finally:
                conn.close()

    With threads, put the try into the function of the thread. OSError stands
    for all errors of sockets; a bare "except:" would also hide your own
    mistakes.
    """#,
    "D5": #"""
    You can only know that a client has gone after it has gone. If you write to
    it before you notice, sendall() raises BrokenPipeError or
    ConnectionResetError. That is nothing unusual: in a chat it happens every
    evening.

    Instead of

        conn.sendall(answer)                         # ends the server

    expect it, and give up this one connection:

        try:
            conn.sendall(answer)
        except OSError:
            conn.close()
            return

    In C the system sends your process the signal SIGPIPE, which ends it without
    a word. Switch that off at the start, and look at what send() returns:

        signal(SIGPIPE, SIG_IGN);
        if (send(fd, data, length, 0) < 0) close(fd);
    """#,
    "D6": #"""
    In this protocol the end of the stream is part of the conversation. A client
    that reads until the end waits for as long as you leave the connection open,
    even when you have sent everything.

    Instead of

        conn.sendall(b"17\n")
        # and back to accept(), with conn still open

    close it, whatever happens in between:

        with conn:                                   # closes on every way out
            conn.sendall(b"17\n")

    Look for further holders of the same connection. A file from conn.makefile()
    keeps it open until the file is closed too. After fork() parent and child
    both hold it, so the parent has to close its copy. A list of clients, from
    which nobody is ever removed, holds all of them.
    """#,
    "D7": #"""
    The connection was closed while the protocol had more to say. The other side
    sees the end of the stream in the middle of the conversation, and often the
    last answer is lost as well: when you close with unread bytes in your
    buffer, the system sends a reset, and that can overtake what you sent
    before.

    Instead of

        data = conn.recv(1024)
        conn.sendall(answer(data))
        conn.close()                                 # after the first message

    stay until the protocol says that it is over:

        while True:
            line = read_line(conn)
            if line is None:                         # the client has closed
                break
            conn.sendall(answer(line))
        conn.close()

    Look at every break and return in the loop, and at "with conn:" blocks that
    end earlier than you think. A timeout that is too short does the same.
    """#,
    "D8": #"""
    Your program ended although everything that it received was allowed. Nearly
    always an error was raised that nobody caught. Python prints a traceback
    when that happens; read it from the bottom up:

        Traceback (most recent call last):
          File "server.py", line 31, in <module>
            serve(conn)
          File "server.py", line 18, in serve
            name = parts[1]
        IndexError: list index out of range

    The last line says what happened, the lines above it say where: line 18.
    Here a message had fewer words than the program believes. Ask before you use
    it:

        if len(parts) < 2:
            conn.sendall(b"ERR a name is missing\n")
            return
        name = parts[1]

    A program in C that ends with SIGSEGV used memory that it does not have.
    Compile with  gcc -g -fsanitize=address  and run it again: you get the line.
    """#,
    "D9": #"""
    A client is served, and then the program is over. The next client gets
    "connection refused". A server is meant to go on until somebody stops it.

    Instead of

        server.listen()
        conn, address = server.accept()              # once
        serve(conn)

    put everything that belongs to one client into a loop:

        server.listen()
        while True:
            conn, address = server.accept()
            with conn:
                serve(conn)

    The listening socket stays open all the time: it is the door, and accept()
    returns a new socket for each client who comes in. Close conn, and not
    server. Mind exit(), sys.exit() and return in serve(): some of them end the
    program.
    """#,
    "D10": #"""
    The program still runs, but it does not call accept() any more. The system
    keeps new clients in its queue: they are connected, they can even send, and
    nobody reads it. To them it looks like a server that has fallen asleep.

    Instead of

        conn, address = server.accept()
        while True:
            serve_one_message(conn)                  # never leaves this loop

    come back to accept() when the client has gone:

        while True:
            conn, address = server.accept()
            while serve_one_message(conn):           # False at the end
                pass
            conn.close()

    If several clients are to be served at the same time, give each a thread;
    see also  pnprun explain C1.  When a thread waits for a lock that is never
    released, it looks the same: use "with lock:" only.
    """#,
  ]
}
