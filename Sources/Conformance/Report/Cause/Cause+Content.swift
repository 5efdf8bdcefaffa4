// SPDX-License-Identifier: Apache-2.0

/// Faults with what the messages say: numbers, texts, and the rules of the games.
extension Cause {
  static let values: [Cause] = [
    Cause(
      "V1",
      "the conversion of a number crashes",
      does: "does not survive something that is not a number",
      why:
        "int() raises ValueError for a text that is not a number, and what comes from the network "
        + "can be anything.",
      do:
        "Catch ValueError, answer with the error of the protocol, and go on with the other clients."
    ),
    Cause(
      "V2",
      "what is allowed is refused",
      does: "refuses what the protocol allows",
      why: "The protocol allows what it was given here; with other values all went well.",
      do:
        "Compare what was given with your check of it: signs, the ends of a range, a line that ends "
        + "with CR LF; isdigit(), for example, knows no minus sign."
    ),
    Cause(
      "V3",
      "an empty message is handled wrongly",
      does: "does not handle an empty message",
      why: "An empty message is a message; only the end of the stream ends the conversation.",
      do:
        "Tell the two apart: the end is an empty recv(), an empty message is an end of line alone."
    ),
    Cause(
      "V5",
      "a number does not fit into 32 bits",
      does: "calculates with 32 bits, which is too few",
      why: "An int of C or Java ends at 2147483647; beyond that the result is wrong.",
      do: "Use a type of 64 bits: long in Java, int64_t or long long in C."
    ),
    Cause(
      "V7",
      "the value is right, its format is wrong",
      does: "sends the right value in the wrong format",
      why: "A program reads the answer, so it must be right to the byte.",
      do:
        "Compare what was expected with what came: capitals, blanks, a sign, "
        + "or .0 behind a whole number."
    ),
    Cause(
      "V8",
      "input is executed with eval()",
      does: "executes what a stranger sends it",
      why: "eval() runs any Python text, so a client can read files or end your server.",
      do: "Use int() or float() for numbers and json.loads() for more; never eval()."
    ),
    Cause(
      "V9",
      "the answer is wrong",
      does: "gives a wrong answer",
      why: "The message came whole and in time, but the protocol asks for another one.",
      do:
        "Follow the messages of the report through your program by hand until "
        + "you see where it turns wrong."
    ),
  ]

  static let text: [Cause] = [
    Cause(
      "N1",
      "a character is split across two reads",
      does: "breaks when a character arrives in two pieces",
      why: "A letter such as \u{161} takes two bytes in UTF-8, and a read can end between them.",
      do: "Collect bytes, and call decode() on a complete message only."
    ),
    Cause(
      "N2",
      "invalid UTF-8 ends the server",
      does: "does not survive bytes that are not UTF-8",
      why:
        "decode() raises UnicodeDecodeError for bytes that are no text, and anybody can send them.",
      do: "Catch UnicodeDecodeError, or use decode(\"utf-8\", errors=\"replace\")."
    ),
  ]

  static let games: [Cause] = [
    Cause(
      "G1",
      "the range of a draw is off by one",
      does: "draws from the wrong range",
      why: "In Python randint(1, 5) includes 5, randrange(1, 5) does not, and random() never "
        + "reaches 1.",
      do: "Take random.randint(first, last) with the two limits that the protocol names."
    ),
    Cause(
      "G2",
      "a draw holds a number twice",
      does: "draws a number twice",
      why:
        "Several calls of randint() can return the same number; that is chance, not a rare fault.",
      do: "Draw all numbers at once: random.sample(range(1, 48), 5)."
    ),
    Cause(
      "G3",
      "the secret never changes",
      does: "always has the same secret",
      why: "It was the same in every session and in every run; it is a constant, or the random "
        + "numbers start from a fixed seed.",
      do: "Draw the secret with random.randint(), and do not call random.seed() with a constant."
    ),
    Cause(
      "G4",
      "the secret is drawn once for the whole process",
      does: "draws its secret only once, not anew for each session",
      why: "The draw stands before the loop over the clients, so all clients play for the same "
        + "secret.",
      do: "Move the draw to where a session begins, behind accept()."
    ),
    Cause(
      "G6",
      "one cell of the table is wrong",
      does: "decides one of the cases wrongly",
      why: "Most cases are right, so the rule is there; one pair of choices has the wrong result.",
      do: "Write down all cases as a table and compare them with your conditions one by one."
    ),
  ]

  static let chat: [Cause] = [
    Cause(
      "B1",
      "a dead receiver breaks the broadcast",
      does: "stops a broadcast at a receiver that has gone",
      why: "sendall() to somebody who has gone raises an error, and those after it get nothing.",
      do: "Catch the error inside the loop, for each receiver, and take the dead one off the list."
    ),
    Cause(
      "B2",
      "the sender's own copy is wrong",
      does: "treats the sender of a message wrongly",
      why: "The protocol says whether the sender gets a copy of its own message.",
      do: "Look at the condition in the loop of the broadcast that leaves somebody out."
    ),
    Cause(
      "B3",
      "a message goes to clients that must not get it",
      does: "sends messages to clients that have not entered",
      why: "Who is connected is not a member yet; the protocol says when a client becomes one.",
      do: "Put a client on the list of receivers when it has entered, not when it connects."
    ),
    Cause(
      "B4",
      "two messages are mixed",
      does: "mixes two messages on their way to a receiver",
      why: "Two threads that write to one connection at the same time put their bytes between each "
        + "other's.",
      do: "Send a message with one sendall(), and hold a lock while a broadcast goes on."
    ),
    Cause(
      "B5",
      "names are wrong",
      does: "does not keep names as the protocol asks",
      why: "A name belongs to one connection; an empty or a taken one is refused.",
      do: "Check a name before you store it, and keep it with its connection."
    ),
    Cause(
      "B6",
      "nobody is told that a user has left",
      does: "does not say that a user has left",
      why: "The others should be told, however the connection ended.",
      do: "Send the notice after the loop of the client, in a finally block."
    ),
  ]
}
