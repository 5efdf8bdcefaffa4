// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// What a program uses up.
  static let resources: [String: String] = [
    "R1": #"""
    Every open socket is a descriptor, a small number that the system gives to
    your process. Usually a process may have 1024 of them. If connections are
    not closed, the server runs well for a day, and then accept() fails with
    "Too many open files".

    Instead of

        conn, address = server.accept()
        serve(conn)                                  # an error skips close()
        conn.close()

    close on every way out:

        conn, address = server.accept()
        with conn:
            serve(conn)

    In the function of a thread it is the same. Python closes a socket when
    nothing refers to it any more, so look for what still does: a list of all
    clients, a dictionary, a closure. In C nothing is closed by itself. Watch
    your process:

        ls /proc/PID/fd | wc -l
    """#,
    "R2": #"""
    Your program collects bytes until the end of the message, and that is right.
    But somebody who never sends the end, by mistake or on purpose, makes the
    buffer grow until the memory is used up; then the system ends the program.

    Instead of

        while b"\n" not in buffer:
            buffer += conn.recv(4096)

    set a limit, one that no honest message reaches:

        LIMIT = 64 * 1024

        while b"\n" not in buffer:
            data = conn.recv(4096)
            if not data:
                return None
            buffer += data
            if len(buffer) > LIMIT:
                conn.sendall(b"ERR line too long\n")
                raise ValueError("line too long")

    file.readline() has no limit either, but readline(LIMIT) has. What you keep
    for slow receivers needs one as well: drop those who do not read.
    """#,
    "R3": #"""
    Each client got a thread or a process, and these are still there after the
    client has gone. A thread takes memory for its stack; a child that has ended
    but was not waited for stays as a zombie, which keeps its number.

    A thread ends when its function returns, so leave the loop when the client
    is gone, also after an error:

        def serve(conn):
            with conn:
                while True:
                    data = conn.recv(1024)
                    if not data:
                        return                       # the thread ends here
                    ...

    After fork() somebody has to collect the children. In Python and C the
    simplest way is to tell the system that you do not want to know:

        signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    Look also for threads that wait for a queue or an event that never comes,
    and for one timer more with every client. Watch your process:  ls
    /proc/PID/task
    """#,
    "R4": #"""
    Nobody talks to your server, and it uses a whole processor. Somewhere a loop
    asks again and again whether there is something to do. That makes the fan
    loud, the battery empty, and all other programs slow.

    Instead of

        conn.setblocking(False)
        while True:
            try:
                data = conn.recv(1024)
            except BlockingIOError:
                pass                                 # and round again

    let the system wake you up when something has come:

        data = conn.recv(1024)                       # blocks, uses nothing
        ready, _, _ = select.select(sockets, [], []) # several at once

    A timeout of 0 in select() is the same loop in disguise. So is a socket in
    the list of writers that has nothing to send: it is always writable. And a
    client that has gone is always readable, with recv() returning b"", until
    you close it.
    """#,
  ]

  /// Clients.
  static let clients: [String: String] = [
    "K1": #"""
    Your client calls recv() once and takes what it gets for the whole answer.
    TCP is a stream of bytes: an answer can come in several pieces, and on a
    real network long ones always do. You then show half an answer, and the
    other half turns up where the next answer should be.

    Instead of

        answer = sock.recv(1024).decode()

    read until the end of the message:

        file = sock.makefile("r", encoding="utf-8", newline="\n")
        answer = file.readline().rstrip("\n")

    Make the file once, right after connect(), and read everything through it:
    it keeps bytes of the next message. Or collect by yourself:

        while b"\n" not in buffer:
            data = sock.recv(1024)
            if not data:
                raise SystemExit("the server has closed the connection")
            buffer += data
    """#,
    "K2": #"""
    The server has closed the connection, and your client goes on waiting. At
    the end of the stream recv() returns b"" and readline() returns "", at once
    and as often as you ask. A loop that only looks for a complete message never
    ends.

    Instead of

        while "\n" not in answer:
            answer += sock.recv(1024).decode()

    ask for the end:

        data = sock.recv(1024)
        if not data:
            print("The server has closed the connection.")
            sys.exit(1)

    If your client has one thread that receives and one that waits at input(),
    the thread that receives has to end the program: sys.exit() in a thread ends
    only this thread, os._exit(1) ends all. A thread made with daemon=True does
    not keep the program alive.
    """#,
    "K3": #"""
    What a user types ends with Enter, but input() returns the line without it.
    If your client sends just that, the server gets "125" and cannot know
    whether another digit follows. It waits for the end of the line, your client
    waits for the answer, and nothing happens any more.

    Instead of

        sock.sendall(input("Enter number: ").encode())

    put the end of the message back:

        line = input("Enter number: ")
        sock.sendall((line + "\n").encode())

    Do it in one place, so that it cannot be forgotten:

        def send_line(sock, text):
            sock.sendall((text + "\n").encode("utf-8"))

    In other protocols the end is another one, such as "#" or a length before
    the message; it is the sender who has to write it.
    """#,
    "K4": #"""
    In this protocol the two sides take turns, as in a telephone call: first the
    server greets, then you speak, then the server answers. Your client sends
    before it is its turn, or sends something that the protocol has no place
    for.

    Write the client down in the order of the protocol, one step after the
    other:

        greeting = read_line(file)                   # the server begins
        print("Server said: ", greeting)
        send_line(sock, input("msg: "))              # now it is our turn
        print("Server said: ", read_line(file))

    Look for a send that stands before the first read, for a loop that sends a
    second time when the server has already closed, and for empty lines: an
    Enter that the user types is a message too, if you send it. What the user
    types is to be checked before it is sent, where the protocol only allows
    some values.
    """#,
    "K5": #"""
    A client opens the conversation. The tester listened at the host and the
    port of the command, and for seconds nobody came.

    Often the address is written into the program:

        sock.connect(("127.0.0.1", 8005))        # whatever the arguments say

    Take both from the command line, so that the same client reaches any server:

        host, port = sys.argv[1], int(sys.argv[2])
        sock = socket.create_connection((host, port))

    Or the program waits for something before it connects, such as a third
    question that nobody answers. A client that asks its user first is fine, as
    long as it asks what the exercise says.
    """#,
    "K6": #"""
    Nobody listens on that port: the server is not started yet, or you mistyped
    the port. That is no fault of your program, and it happens every day. But a
    user gets a page of Python names instead of a sentence.

    Instead of

        sock.connect((host, port))                   # a traceback of ten lines

    say what happened, where, and end with a status other than 0:

        try:
            sock = socket.create_connection((host, port), timeout=5)
        except OSError as error:
            print(f"cannot connect to {host}:{port}: {error}", file=sys.stderr)
            sys.exit(1)
        sock.settimeout(None)

    OSError stands for all of them: connection refused, no route, unknown name
    and timeout. The exit status matters when a script starts your client: 0
    means that all went well.
    """#,
    "K7": #"""
    In a chat messages come when others speak, not when it is your turn. A
    program that waits at input() does nothing else until its user presses
    Enter: what has arrived meanwhile lies in the socket, and nobody sees it.

    Instead of

        while True:
            sock.sendall((input() + "\n").encode())
            print(file.readline())                   # only after the next Enter

    receive in a thread of its own:

        def receive(file):
            for line in file:
                print(line.rstrip("\n"), flush=True)
            os._exit(0)                              # the server has closed

        threading.Thread(target=receive, args=(file,), daemon=True).start()
        while True:
            sock.sendall((input() + "\n").encode())

    Or wait for both at once: select.select([sock, sys.stdin], [], []) tells
    which of them has something, on Linux and macOS.
    """#,
  ]
}
