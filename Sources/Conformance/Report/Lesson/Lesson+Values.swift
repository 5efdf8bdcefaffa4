// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// Numbers and texts.
  static let values: [String: String] = [
    "V1": #"""
    What comes from the network can be anything: a typing mistake, a program
    with a fault, somebody who tries what happens. int("two") raises ValueError,
    and when nobody catches it the server ends, for everybody.

    Instead of

        number = int(line)

    be ready for it:

        try:
            number = int(line)
        except ValueError:
            conn.sendall(b"ERR not a number\n")
            conn.close()
            return

    Do not test with isdigit(): it refuses "-5" and accepts "²", which int()
    does not take. In C atoi() never complains, it returns 0; strtol() tells you
    where the number ended:

        long number = strtol(line, &end, 10);
        if (end == line || *end != '\0') { /* not a number */ }
    """#,
    "V2": #"""
    The protocol says which values there are: a whole number may have a minus
    sign, for example. A program that checks more strictly than that refuses
    what others have a right to send, or to type.

    Instead of

        while not text.isdigit():                    # refuses "-5"
            text = input("A number, please: ")

    let the conversion decide, which knows all forms of a number:

        def ask_number(prompt):
            while True:
                try:
                    return int(input(prompt))
                except ValueError:
                    print("A number, please!")

    Look for a comparison with the wrong limit as well, such as n > 0 where 0 is
    allowed, and for a pattern that lacks a case.
    """#,
    "V3": #"""
    An empty message is a message: somebody pressed Enter. It arrives as an end
    of line alone, b"\n". That is something else than the end of the stream,
    where recv() returns no byte at all.

    Instead of

        line = read_line(conn)
        if not line:                                 # both cases in one
            break

    tell the two apart:

        def read_line(conn):
            ...
            if not data:
                return None                          # the end of the stream
            ...
            return line                              # may be ""

        if (line := read_line(conn)) is None:
            break

    With file.readline() the end is "" and an empty line is "\n", so strip()
    comes after the question. Mind what follows too: line[0] fails on an empty
    text.
    """#,
    "V5": #"""
    An int in C, Java and C# has 32 bits and ends at 2147483647. One more, and
    it becomes negative: 2000000000 + 2000000000 is -294967296. Nobody tells
    you; only the result is wrong.

    Instead of

        int total = 0;
        total += atoi(line);                         /* 32 bits */

    take 64 bits everywhere on the way, also in the conversion:

        long long total = 0;
        total += strtoll(line, NULL, 10);
        printf("%lld\n", total);

    In Java that is long, Long.parseLong() and no (int) in between. Python's own
    numbers have no limit, but numpy's have, and struct.pack("i", ...) has room
    for 32 bits only.
    """#,
    "V7": #"""
    The value is right, and yet a program that reads it stumbles: for a program
    "476" and "476.0" are two texts, and so are "Result: 476" and "476". A
    protocol fixes each byte so that programs of different people understand
    each other.

    Instead of

        conn.sendall(f"{a / 2 * 2}\n".encode())      # 476.0
        conn.sendall(f"Sum = {total}\n".encode())    # a text for people
        conn.sendall(f"{values}\n".encode())         # [1, 2, 3]

    write exactly what the protocol shows:

        conn.sendall(f"{total}\n".encode())
        conn.sendall((" ".join(map(str, values)) + "\n").encode())

    The usual suspects: / instead of // makes a float; capitals; a blank at the
    end; "\r\n" instead of "\n"; 007 instead of 7; quotes from repr(); the
    letter b before a text, which comes from str(data) where data.decode() is
    meant.
    """#,
    "V8": #"""
    eval() runs any Python expression. A client that sends

        __import__("os").system("rm -rf ~")

    does on your computer whatever it wants. Never give eval() or exec()
    something that comes from the network. It is one of the oldest holes there
    are.

    Instead of

        number = eval(line)

    use a function that can do just what you need:

        number = int(line)                           # a whole number
        value = json.loads(line)                     # lists, texts, numbers
        value = ast.literal_eval(line)               # constants of Python only

    For a calculator, take the message apart yourself and choose from a table:

        operations = {"+": operator.add, "-": operator.sub}
        result = operations[sign](int(left), int(right))

    The same goes for pickle.loads(), and for os.system() with a text from
    outside.
    """#,
    "V9": #"""
    Your program received the messages whole, answered in time and in the right
    form, and the answer is another one than the protocol asks for. Now it is
    about what you calculate, and the report shows the shortest conversation in
    which it goes wrong.

    Take the messages of the report and play them by hand:

        nc 127.0.0.1 8005

    Then go through your program with these values, line by line, with a pencil.
    If you do not see it, print what you have at each step; repr() shows blanks
    and newlines that you would not see otherwise:

        print("received", repr(line), "total is now", total, flush=True)

    Things to look for: a comparison of the text "5" with the number 5, which is
    never equal; strip() missing, so that "5\n" is compared; < where <= is
    meant; a variable that keeps its value from the client before; an "if" where
    "elif" is meant, so that two answers are sent or the second wins.
    """#,
    "N1": #"""
    In UTF-8 an English letter takes one byte, š and ć take two, an emoji four.
    A recv() can end in the middle of such a letter. decode() on a half letter
    raises UnicodeDecodeError, and with errors="ignore" the letter is silently
    lost.

    Instead of

        text += conn.recv(1024).decode()             # may end in half a letter

    collect bytes, and decode when the message is complete:

        buffer += conn.recv(1024)
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)
            text = line.decode("utf-8")

    That is safe, because in UTF-8 the byte of "\n" is never a part of another
    letter. When you want to show text as it comes, there is a decoder that
    keeps half letters for the next time:

        decoder = codecs.getincrementaldecoder("utf-8")()
        text += decoder.decode(data)
    """#,
    "N2": #"""
    Not all bytes are text. A client that uses another encoding, a picture that
    was sent by mistake, or a port scanner: decode() raises UnicodeDecodeError,
    and if nobody catches it your server ends, for everybody.

    Instead of

        text = line.decode()

    decide what shall happen:

        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            conn.sendall(b"ERR not UTF-8\n")
            conn.close()
            return

    or go on with a mark in place of each bad byte:

        text = line.decode("utf-8", errors="replace")

    UnicodeDecodeError is a kind of ValueError, and not of OSError: an "except
    OSError" around the client does not catch it.
    """#,
  ]
}
