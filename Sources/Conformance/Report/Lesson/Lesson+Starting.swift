// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// How servers start.
  static let starting: [String: String] = [
    "S1": #"""
    You stop your server and start it again, and it says "Address already in
    use". The side that closes a connection first keeps it for about a minute in
    the state TIME_WAIT, in case old packets still arrive. While there is such a
    connection, bind() refuses its port.

    Instead of

        server = socket.socket()
        server.bind(("127.0.0.1", port))

    say that you know about it, before bind():

        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))

    socket.create_server(("127.0.0.1", port)) sets the option by itself. Do not
    take SO_REUSEPORT instead: it lets two servers listen on one port, and each
    client then gets one or the other by chance.
    """#,
    "S2": #"""
    The port is given to your program on its command line, so that it can be
    moved without a change of the program, and so that several servers can run
    on one computer. Your program listens on another port, probably one that is
    written in it.

    Instead of

        server.bind(("127.0.0.1", 8005))

    take the argument:

        port = int(sys.argv[1]) if len(sys.argv) > 1 else 8005
        server.bind(("127.0.0.1", port))

    sys.argv[0] is the name of your program, the arguments begin at 1. They are
    texts, therefore int(). In C they are argv[1] and atoi(), and the port needs
    htons() as well: without it 8005 becomes 17695.

    Check it with  ss -ltnp,  which lists who listens where.
    """#,
    "S3": #"""
    bind() takes an address of your own computer, and only those who connect to
    this address reach the server. 127.0.0.1 is reached from the same computer,
    0.0.0.0 stands for all addresses that the computer has. The address of the
    wireless network changes from day to day, and "localhost" may mean ::1,
    which is the address of IPv6.

    Instead of

        server.bind(("192.168.1.7", port))           # this network only
        server.bind((socket.gethostname(), port))    # often 127.0.1.1

    write

        server.bind(("127.0.0.1", port))             # this computer only
        server.bind(("0.0.0.0", port))               # everybody

    Check it with  ss -ltnp:  the column "Local Address" shows what you listen
    on.
    """#,
    "S4": #"""
    Your program was started and ended before it could listen on its port.
    Nothing else could be tested. Start it by hand with the command of the
    report, and read its last lines from the bottom up. The commonest reasons
    are

        ModuleNotFoundError       a name after "import" is wrong, or it is not
                                  installed here
        SyntaxError, NameError    a typing mistake; the line stands above
        IndexError at sys.argv    the program wants more arguments than it gets
        Address already in use    something else has the port, see  ss -ltnp
        Permission denied         a port below 1024 is for administrators
        No such file              the path in the command is wrong

    If it ends without a word, look whether it reaches the call that starts it:

        def main():
            ...

        main()                                       # easily forgotten

    A server that reads the keyboard, with input(), ends at once when there is
    no keyboard; a server takes what it needs from its arguments.
    """#,
  ]

  /// Several clients at once.
  static let crowd: [String: String] = [
    "C1": #"""
    recv() waits until something comes. While your program waits for one client,
    it does nothing for the others: somebody who connects and then says nothing,
    on purpose or because of a bad network, stops everybody.

    Instead of

        while True:
            conn, address = server.accept()
            serve(conn)                              # the others wait for this one

    let every client have a thread:

        while True:
            conn, address = server.accept()
            threading.Thread(target=serve, args=(conn,), daemon=True).start()

    or wait for all of them at once, with selectors or asyncio:

        server = await asyncio.start_server(serve, "127.0.0.1", port)

    With select() mind that only the sockets that it returned are ready; recv()
    on any other one blocks again. And a blocking loop "until the line is
    complete" does not belong there: take what has come, and go back to
    select().
    """#,
    "C3": #"""
    Two clients talked to your server at the same time, and something that
    belongs to one of them turned up at the other. Threads share all global
    variables: the last one who writes wins.

    Instead of

        total = 0                                    # one for all clients

        def serve(conn):
            global total
            total += int(read_line(conn))

    keep in the function what belongs to one client:

        def serve(conn):
            total = 0                                # one for each client
            total += int(read_line(conn))

    In a loop with select() there is one function for all clients; there a
    dictionary does it: state[conn] = Client(). Look for the buffer too: one
    buffer for all connections mixes their bytes. In a class, a variable that
    stands beside the methods belongs to the class; put it into __init__, with
    self. before it.
    """#,
  ]
}
