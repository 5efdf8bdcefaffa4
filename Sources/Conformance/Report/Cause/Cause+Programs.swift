// SPDX-License-Identifier: Apache-2.0

/// Faults with what a program uses up, of clients, of datagrams, and those without a precise cause.
extension Cause {
  static let resources: [Cause] = [
    Cause(
      "R1",
      "descriptors leak",
      does: "leaves its connections open after they ended",
      why: "Each connection takes a descriptor of the process, and a process has about a thousand.",
      do: "Close the socket on every way out: with connection:, or close() in a finally block."
    ),
    Cause(
      "R2",
      "the buffer grows without a limit",
      does: "keeps any amount of bytes for one message",
      why: "A client that never sends the end of a message fills your memory until the system ends "
        + "the program.",
      do: "Set a limit, such as 64 KiB; when a message is longer, answer an error and close."
    ),
    Cause(
      "R3",
      "threads or zombies pile up",
      does: "leaves threads or child processes behind",
      why: "They were still there after their clients had gone, and each takes memory.",
      do: "Let the function of a thread return when its client has gone; wait() for children."
    ),
    Cause(
      "R4",
      "it waits in a busy loop",
      does: "uses the processor although there is nothing to do",
      why: "A loop that asks again and again takes a whole core, and makes everything else slow.",
      do: "Wait in a call that sleeps: a blocking recv(), select() without a timeout of 0, or "
        + "asyncio."
    ),
  ]

  static let clients: [Cause] = [
    Cause(
      "K1",
      "one recv() is taken for the whole answer",
      does: "takes what one recv() returns for the whole answer",
      why: "TCP is a stream of bytes; an answer can arrive in several pieces.",
      do: "Call recv() until the end of the message has come, and only then use it."
    ),
    Cause(
      "K2",
      "the client hangs at the end of the stream",
      does: "goes on waiting after the other side has closed",
      why: "At the end of the stream recv() returns nothing, at once and every time.",
      do: "When recv() returns nothing, tell the user that the connection is closed, and end."
    ),
    Cause(
      "K3",
      "the client does not send the end of its message",
      does: "does not send the end of its message",
      why: "input() returns a line without its newline, and the server waits for it.",
      do: "Add it when you send: sock.sendall((line + \"\\n\").encode())."
    ),
    Cause(
      "K4",
      "the client talks out of turn",
      does: "sends when it is not its turn",
      why: "In this protocol the two sides take turns; it has to read before it sends again.",
      do: "Put sending and receiving into the order of the protocol, one step after the other."
    ),
    Cause(
      "K5",
      "the client never connects",
      does: "never connects to the server",
      why: "The tester listens at the host and port that the command names, and nobody came.",
      do:
        "Take host and port from the arguments, and connect before anything else can end the program."
    ),
    Cause(
      "K6",
      "a refused connection gives a stack trace",
      does: "shows a stack trace when no server is there",
      why:
        "connect() raises ConnectionRefusedError when nobody listens, and that happens every day.",
      do: "Catch OSError around connect(), print one line, and end with exit status 1."
    ),
    Cause(
      "K7",
      "the client does not listen while it waits for the keyboard",
      does: "shows what arrives only after its user has typed something",
      why: "input() waits for the keyboard, and meanwhile nobody reads from the socket.",
      do: "Receive in a thread of its own, or wait for the socket and the keyboard with select()."
    ),
  ]

  static let datagrams: [Cause] = [
    Cause(
      "U1",
      "nothing is repeated after a lost datagram",
      does: "waits for ever when a datagram is lost",
      why: "UDP does not repeat what was lost; that is left to the program.",
      do: "Set a timeout, send the request again, and give up with a message after a few times."
    ),
    Cause(
      "U2",
      "an answer goes to the wrong place or comes from another port",
      does: "answers to the wrong address or from another port",
      why: "The answer belongs to the address that recvfrom() returned, from the socket that "
        + "received.",
      do: "Keep one socket, and answer with sock.sendto(answer, address) of that very datagram."
    ),
    Cause(
      "U3",
      "a datagram is cut",
      does: "cuts long datagrams",
      why: "recvfrom(n) returns at most n bytes of a datagram, and the rest of it is lost.",
      do: "Receive with room for the largest one: recvfrom(65535)."
    ),
    Cause(
      "U5",
      "the interval is wrong",
      does: "does not keep the interval",
      why: "Messages came too early, too late or not at all, measured over several of them.",
      do: "Count from fixed times, next += interval, instead of sleeping after the work is done."
    ),
    Cause(
      "U7",
      "the multicast group is not joined",
      does: "does not join the multicast group",
      why: "Datagrams of a group reach only those sockets that have joined it.",
      do: "Bind to the port of the group and set IP_ADD_MEMBERSHIP."
    ),
  ]

  static let unexplained: [Cause] = [
    Cause(
      "X1",
      "nothing came",
      does: "does not answer",
      why: "The message was complete, and the protocol owes an answer to it.",
      do: "Print what your program receives and where it waits; a print() behind each recv() tells."
    ),
    Cause(
      "X2",
      "a message came that nobody asked for",
      does: "sends a message that nobody asked for",
      why: "At this place of the conversation the protocol has nothing to send.",
      do: "Find the line that sends it, and the condition under which it may."
    ),
    Cause(
      "X3",
      "something else than the protocol's messages came",
      does: "sends something that is no message of the protocol",
      why: "What came has the form of none of the messages that the protocol knows.",
      do:
        "Compare what was expected with what came; texts for people belong on "
        + "the screen, not on the wire."
    ),
    Cause(
      "X4",
      "a line is missing on the screen",
      does: "does not print what the exercise asks for",
      why: "The example shows what the person at the program sees, and that text was not there.",
      do: "Print the text as it stands in the example, and flush the output."
    ),
    Cause(
      "X5",
      "it could not be decided",
      does: "did something that allows no judgement",
      why: "There were too many explanations for what was seen to follow them all.",
      do: "Run the test again; it costs no points."
    ),
  ]
}
