// SPDX-License-Identifier: Apache-2.0

/// Faults with messages in a stream, and with the beginning and the end of a connection.
extension Cause {
  static let framing: [Cause] = [
    Cause(
      "F1",
      "one recv() is treated as one message",
      does: "treats one recv() as one message",
      why: "TCP is a stream of bytes; it does not keep the borders of your messages.",
      do: "Keep a buffer for each connection; add what recv() returns, and take out a message only "
        + "when it is complete."
    ),
    Cause(
      "F2",
      "messages that arrive together are lost",
      does: "loses messages that arrive together",
      why: "One recv() can return several messages; only the first of them was handled.",
      do: "After each message look into your buffer again, and call recv() only when no complete "
        + "message is left in it."
    ),
    Cause(
      "F4",
      "the rest behind a message is thrown away",
      does: "throws away what follows a message",
      why: "What recv() returns may end with the first part of the next message.",
      do: "Keep the bytes behind the end of a message in the buffer; the next recv() adds to them."
    ),
    Cause(
      "F6",
      "the end of the message is missing",
      does: "does not send the end of its message",
      why: "The bytes are right, but without its end a reader cannot know that the message is "
        + "complete.",
      do: "Send the end of the message as well; in Python print() adds a newline, send() does not."
    ),
    Cause(
      "F8",
      "send() is used where sendall() is needed",
      does: "sends only a part of a big answer",
      why: "When the reader is slow, send() takes what fits and returns that number; the rest is "
        + "yours to send.",
      do: "Use sendall(), or call send() in a loop until everything is sent."
    ),
    Cause(
      "F9",
      "a message may not be longer than the buffer",
      does: "cuts messages that are longer than its buffer",
      why: "The number in recv(n) is only the most that one call returns; messages may be longer.",
      do: "Call recv() again until the message is complete, however long it is."
    ),
    Cause(
      "F10",
      "the length prefix has the wrong byte order",
      does: "sends or reads the length with its bytes in the wrong order",
      why: "The protocol's lengths are in another byte order; 5 in the wrong one is 1280.",
      do: "Name the byte order: len(data).to_bytes(2, \"big\"), or struct with \"!H\"."
    ),
    Cause(
      "F11",
      "the length prefix counts characters instead of bytes",
      does: "counts characters where the length must count bytes",
      why: "In UTF-8 one letter can take several bytes: \u{161} takes two, and an emoji four.",
      do: "Encode the text first, and take the length of the bytes."
    ),
    Cause(
      "F12",
      "the length prefix is not the length of what follows",
      does: "sends a length that is not the length of the message",
      why:
        "The reader takes as many bytes as the length says; from there on everything is shifted.",
      do: "Build the whole message first, then put len() of exactly those bytes before it."
    ),
  ]

  static let ending: [Cause] = [
    Cause(
      "D1",
      "the end of the stream is ignored",
      does: "does not notice that the other side has gone",
      why: "recv() returns an empty result at the end of the stream, at once and every time.",
      do: "When recv() returns nothing, close this connection and leave its loop."
    ),
    Cause(
      "D2",
      "a reset by one client ends the server",
      does: "dies when a client breaks off",
      why: "A client that crashes or is killed resets its connection; recv() then raises "
        + "ConnectionResetError.",
      do: "Catch OSError around the work for one client, close its connection, and go on with the "
        + "others."
    ),
    Cause(
      "D5",
      "writing to a client that has gone ends the server",
      does: "dies when it writes to somebody who has gone",
      why: "Sending on a connection that the other side closed raises BrokenPipeError, in C it is "
        + "the signal SIGPIPE.",
      do: "Catch OSError around sendall(), in C ignore SIGPIPE; then close that one connection."
    ),
    Cause(
      "D6",
      "the connection is not closed where it must be",
      does: "does not close the connection where the protocol says so",
      why: "The other side waits for the end of the stream, and waits for ever.",
      do: "Close the connection after the last message; \"with connection:\" does so on every way "
        + "out."
    ),
    Cause(
      "D7",
      "the connection is closed too early",
      does: "closes the connection too early",
      why: "The conversation was not over: the protocol still owes messages on this connection.",
      do: "Close only where the protocol says that it ends, and look for a break or return that "
        + "leaves the loop too soon."
    ),
    Cause(
      "D8",
      "the program ends in the middle of a session",
      does: "ends in the middle of a conversation that is allowed",
      why: "Everything sent to it was legal; an error that nobody caught ended the program.",
      do: "Read the last lines of its error output; they name the line of your program."
    ),
    Cause(
      "D9",
      "the server ends after its first client",
      does: "ends after its first client",
      why: "A server serves until it is stopped, one client after the other.",
      do: "Put accept() and all that follows it into a loop."
    ),
    Cause(
      "D10",
      "the server never accepts a second client",
      does: "goes on running but accepts no second client",
      why:
        "The second connection waits in the queue of the system, until accept() is called again.",
      do: "Go back to accept() after a client has gone, or give each client a thread of its own."
    ),
  ]

  static let starting: [Cause] = [
    Cause(
      "S1",
      "the port cannot be used again at once",
      does: "cannot start again at once on the same port",
      why:
        "After the end of a server its old connections stay in TIME_WAIT for a minute, and bind() "
        + "refuses the port.",
      do: "Set SO_REUSEADDR on the listening socket, before bind()."
    ),
    Cause(
      "S2",
      "the port argument is ignored",
      does: "does not listen on the port that it was given",
      why: "The port comes with the command; it listens on another one.",
      do: "Take the port from the arguments: port = int(sys.argv[1])."
    ),
    Cause(
      "S3",
      "it listens on the wrong address",
      does: "listens on an address where nobody finds it",
      why: "A socket that is bound to one address is not reached at the others.",
      do: "Bind to 127.0.0.1, or to 0.0.0.0 for every address of the computer."
    ),
    Cause(
      "S4",
      "the program ends at its start",
      does: "ends before anybody can talk to it",
      why: "It ended by itself; what it wrote last says why.",
      do: "Run the command by hand and read its error output from the bottom up."
    ),
  ]

  static let crowd: [Cause] = [
    Cause(
      "C1",
      "one silent client blocks all others",
      does: "serves nobody while one client is silent",
      why: "recv() waits for this one client, and while it waits nobody else is served.",
      do: "Give each client a thread, or wait for all of them at once with select() or asyncio."
    ),
    Cause(
      "C3",
      "the clients are mixed up",
      does: "mixes up its clients",
      why:
        "What one client sent was used for another; something that belongs to one client is kept "
        + "where all share it.",
      do: "Keep everything that belongs to a client in local variables, or in an object for each "
        + "connection."
    ),
  ]
}
