// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// UDP.
  static let datagrams: [String: String] = [
    "U1": #"""
    UDP promises nothing: a datagram can get lost, come twice or late. Your
    program sends one and waits for the answer without an end. If one of the two
    is lost, it waits for ever.

    Instead of

        sock.sendto(request, address)
        answer, sender = sock.recvfrom(65535)        # perhaps for ever

    wait for a while, repeat, and give up in the end:

        sock.settimeout(1.0)
        for attempt in range(5):
            sock.sendto(request, address)
            try:
                answer, sender = sock.recvfrom(65535)
                break
            except TimeoutError:
                continue
        else:
            sys.exit("no answer from the server")

    Because you may send twice, you may get two answers: be ready to see the
    same answer again, and to ignore it. In Python before 3.10 the exception is
    socket.timeout.
    """#,
    "U2": #"""
    Every datagram carries the address of its sender: host and port. An answer
    belongs to exactly this address, and it has to come from the port to which
    the request went. Routers and firewalls let only such answers through, and a
    client ignores what comes from elsewhere.

    Instead of

        data, address = sock.recvfrom(65535)
        sock.sendto(answer, (address[0], 8006))      # a port that you guess

        other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        other.sendto(answer, address)                # comes from another port

    answer with the same socket to the same address:

        data, address = sock.recvfrom(65535)
        sock.sendto(answer, address)

    With several clients do not keep "the address" in one variable, because
    between the request and the answer somebody else may have written. Use a
    dictionary with the address as its key: clients[address].
    """#,
    "U3": #"""
    A datagram is received whole or not at all, with one recvfrom(). If it is
    longer than the number you gave, the rest is thrown away by the system; the
    next call returns the next datagram. There is no "rest" to fetch as there is
    with TCP.

    Instead of

        data, address = sock.recvfrom(16)            # 16 bytes, the rest is lost

    make room for the largest datagram that can come:

        data, address = sock.recvfrom(65535)

    65507 bytes are the most that fit into one datagram over IPv4. When you
    send, stay below about 1400 bytes if you can: larger ones travel in parts,
    and if one part is lost the whole datagram is. Java's DatagramPacket needs a
    large array as well, and its length has to be set again before every
    receive.
    """#,
    "U5": #"""
    Something is to happen every so many seconds, and it does not: too often,
    too seldom, or it drifts away. sleep(5) after the work means five seconds
    plus the time of the work, and with each round you are a little later.

    Instead of

        while True:
            broadcast()
            time.sleep(5)                            # 5 s and a bit

    count from fixed times:

        due = time.monotonic() + 5
        while True:
            time.sleep(max(0, due - time.monotonic()))
            broadcast()
            due += 5

    When the loop also receives, use the remaining time as the timeout, and
    calculate it anew each time; otherwise every datagram that comes starts the
    five seconds again:

        sock.settimeout(max(0.001, due - time.monotonic()))

    Take time.monotonic(); time.time() jumps when the clock is set.
    """#,
    "U7": #"""
    A multicast datagram is addressed to a group, such as 224.0.0.1, and the
    system gives it only to sockets that have joined this group. Binding to the
    port is not enough: your socket then gets what is sent to you alone.

    Bind to the port, then join:

        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("", port))
        group = socket.inet_aton("224.0.0.1")
        request = group + socket.inet_aton("0.0.0.0")
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)

    The second address chooses the network; 0.0.0.0 leaves it to the system, and
    127.0.0.1 stays on this computer. SO_REUSEADDR allows several receivers on
    one computer. A sender does not join; it sets how far the datagrams go:

        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    """#,
  ]

  /// When nothing more precise is known.
  static let unexplained: [String: String] = [
    "X1": #"""
    Your program got a whole message, and the protocol owes an answer to it.
    None came in time. What the report shows was sent as one piece, so it is not
    about messages in pieces. Find out how far your program comes:

        data = conn.recv(1024)
        print("received", repr(data), flush=True)
        ...
        print("sending", repr(answer), flush=True)
        conn.sendall(answer)

    If "received" does not show up, it waits somewhere else: in another recv(),
    in accept(), in input(), or for a lock. If it shows up and "sending" does
    not, look in between: an error that is caught and hidden, as by "except:
    pass", or an "if" without an "else". If both show up, compare what you send
    with what the protocol asks for, the end of the message above all, and look
    whether you write through a file, file.write(), that needs a flush().
    """#,
    "X2": #"""
    A message came at a place where the protocol has none, or one more than it
    has. The other side takes it for the answer to its next request, and from
    then on everything is shifted by one.

    Search your program for every place that sends, and ask for each under which
    condition it may. Often it is one of these:

        conn.sendall(b"Welcome!\n")                  # nobody asked for a greeting
        conn.sendall(b"OK\n")                        # and then the answer as well

        if guess == secret:
            conn.sendall(b"Nice!\n")
        conn.sendall(b"Wrong!\n")                    # "else" is missing: both

    Another one: an empty last part, since "a\nb\n".split("\n") has three parts
    and the last is empty. And in a broadcast a client may be on the list twice,
    or be on it before it has told its name.
    """#,
    "X3": #"""
    Something came from your program that is none of the messages of the
    protocol. A program reads it, and it cannot guess what was meant. Compare it
    with the messages of the specification, byte by byte; the report marks the
    first difference.

    Often these are texts for people that got on the wire:

        conn.sendall(b"The sum of your numbers is 17\n")     # 17\n is asked for

    Write them to the screen instead, where they help you:

        print("the sum is", total, flush=True)
        conn.sendall(f"{total}\n".encode())

    Two more: conn.sendall(str(data).encode()) with data of the type bytes sends
    the text b'17'; and when standard output is connected to the socket, as
    under inetd or socat, every print() goes to the client.
    """#,
    "X4": #"""
    The example in the specification shows a screen, and a line of it was not
    found on the screen of your program. It need not be the whole line: it is
    enough that the text occurs somewhere in what your program prints.

    The usual reasons are another wording,

        print("Sum:", total)              # the example says: Result is: 17

    or a text that is still in a buffer when the test ends:

        print("Result is:", total, flush=True)

    Python writes at once to a terminal, but keeps up to 8192 bytes back when
    its output goes into a pipe.
    """#,
    "X5": #"""
    The tester does not see inside your program. From what it sends and receives
    it works out in which ways things may stand there; here there were so many
    that it could not follow them all, or your program gave no sign of which one
    was true. So it says neither that your program is right nor that it is wrong.

    Nothing is taken off for it. Run the test again, alone, with the command
    that the report shows under Again, such as

        pnprun test protocols/letstalk.yaml --only N1 -- python3 server.py {port}

    With less at the same time there is less to explain. When it stays so, show
    it to your teacher: the specification may leave open what it should decide.
    """#,
  ]
}
