// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// Messages in a stream of bytes.
  static let framing: [String: String] = [
    "F1": #"""
    TCP carries a stream of bytes, like water in a pipe. It does not know where
    one of your messages ends. What the other side sends with one send() can
    arrive in two pieces, and two sends can arrive as one piece. On your own
    computer it nearly always looks as if one recv() were one message; on a real
    network it is not so.

    Instead of

        number = int(conn.recv(1024).decode())       # may be "12" of "125\n"

    collect bytes until a message is complete:

        buffer = b""
        while b"\n" not in buffer:
            data = conn.recv(1024)
            if not data:                             # the client has closed
                return
            buffer += data
        line, buffer = buffer.split(b"\n", 1)        # keep what follows
        number = int(line.decode())

    Python can do it for you: file = conn.makefile("rb"), and then
    file.readline() returns one whole line each time.
    """#,
    "F2": #"""
    When a client sends two messages quickly, one recv() often returns both. A
    program that takes the first and then calls recv() again waits for a message
    that it already has. The client waits too, and so nobody moves.

    Instead of

        while True:
            buffer += conn.recv(1024)
            if b"\n" in buffer:                      # looks only once
                line, buffer = buffer.split(b"\n", 1)
                answer(line)

    look into the buffer until it holds no complete message any more:

        while True:
            data = conn.recv(1024)
            if not data:
                break
            buffer += data
            while b"\n" in buffer:                   # as often as there is one
                line, buffer = buffer.split(b"\n", 1)
                answer(line)

    It is one word, "while" instead of "if".
    """#,
    "F4": #"""
    One recv() can return a whole message and the beginning of the next one, for
    example "10\n2" where "25\n" is on its way. The program took "10" and threw
    the "2" away; the next message then was "5".

    Instead of

        data = conn.recv(1024)
        line = data.split(b"\n")[0]                  # the rest is lost

    keep the rest, in a variable that lives as long as the connection:

        buffer += conn.recv(1024)
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)    # the rest stays in buffer
            answer(line)

    Look for other places where bytes get lost: a new buffer = b"" inside the
    loop, or a second conn.makefile() on the same connection. The file keeps
    bytes of its own, so make it once for each connection.
    """#,
    "F6": #"""
    In this protocol a message has an end, such as a newline. Your program sends
    the right text, but not the end. A reader cannot know that the message is
    complete: more bytes might follow. It waits, and in the end gives up.

    Instead of

        conn.sendall(str(total).encode())            # 17

    send the end with it:

        conn.sendall((str(total) + "\n").encode())   # 17\n

    print() adds a newline on the screen, and input() takes it away; send() does
    neither. A small function makes it hard to forget:

        def send_line(conn, text):
            conn.sendall((text + "\n").encode())

    A test with telnet or nc shows it too: the next prompt of your shell stands
    on the same line as the answer.
    """#,
    "F8": #"""
    send() does not promise to send everything. When the reader is slow, the
    buffers of the system fill up; send() then takes what fits and returns that
    number of bytes. The rest is yours to send again. With small answers this
    never shows, with big ones it does.

    Instead of

        conn.send(data)                              # perhaps only a part

    use

        conn.sendall(data)                           # all of it, or an error

    In C there is no sendall(), so it takes a loop:

        while (sent < length) {
          ssize_t n = send(fd, data + sent, length - sent, MSG_NOSIGNAL);
          if (n < 0) break;                          /* see errno */
          sent += n;
        }

    With non-blocking sockets keep the rest, and send it when select() says that
    the socket is writable.
    """#,
    "F9": #"""
    The number in recv(1024) is the most that one call returns. It is not the
    length of a message. A message of 1025 bytes needs two calls at least, and
    any message can need several.

    Instead of

        data = conn.recv(1024)                       # cuts longer messages
        answer(data)

    go on until the message is complete:

        while b"\n" not in buffer:
            data = conn.recv(1024)
            if not data:
                return
            buffer += data

    A larger number, recv(65536), only moves the fault to where you do not see
    it. In C mind the array too: write past its end and the program crashes, or
    worse. Do set a limit to what you accept, such as 64 KiB, and refuse more in
    words; that is a decision, and cutting silently is not.
    """#,
    "F10": #"""
    A number of several bytes can be written with its big end first or with its
    little end first. Protocols of the Internet put the big end first: the
    length 5 in two bytes is 00 05. Your processor has it the other way round,
    05 00, and read as a big-endian number that is 1280.

    Instead of

        header = struct.pack("H", len(data))         # the order of this computer
        header = len(data).to_bytes(2, "little")

    name the order that the protocol asks for:

        header = struct.pack("!H", len(data))        # ! is network order
        header = len(data).to_bytes(2, "big")

        length = int.from_bytes(header, "big")       # and when you read

    In C the functions are htons() and ntohs(). If the two sides of your own
    program agree with each other, that proves nothing: both may be wrong.
    """#,
    "F11": #"""
    The length before a message counts bytes, because bytes are what travels.
    len() of a str counts characters. As long as all letters are English the two
    are equal; "šljiva" has 6 characters and 7 bytes. The reader then stops one
    byte too early, and from there on everything is shifted.

    Instead of

        header = len(text).to_bytes(2, "big")        # characters
        conn.sendall(header + text.encode())

    encode first, and count what you send:

        data = text.encode("utf-8")
        header = len(data).to_bytes(2, "big")        # bytes
        conn.sendall(header + data)

    It is the same on the way in: read so many bytes, and decode() after that.
    """#,
    "F12": #"""
    The reader of a message trusts its length: it takes as many bytes and
    believes that the next length comes after them. A length that leaves out a
    part of the message, or counts the prefix itself, shifts everything behind
    it.

    Instead of

        conn.sendall(struct.pack("!H", len(text)))   # the length of a part
        conn.sendall(b"Heard: " + text)

    build the message, then measure it:

        body = b"Heard: " + text
        conn.sendall(struct.pack("!H", len(body)) + body)

    Mind what the type of the length can hold: a signed 16-bit number ends at
    32767, where the protocol's ends at 65535.
    """#,
  ]
}
