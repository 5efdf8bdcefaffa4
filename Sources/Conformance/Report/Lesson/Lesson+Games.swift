// SPDX-License-Identifier: Apache-2.0

extension Lesson {
  /// Draws, secrets and rules.
  static let games: [String: String] = [
    "G1": #"""
    Your program never draws one of the values that it should draw, or it draws
    one that it should not. That the limits are counted differently is one of
    the most common traps there is:

        random.randint(1, 5)                         # 1 2 3 4 5
        random.randrange(1, 5)                       # 1 2 3 4
        range(1, 5)                                  # 1 2 3 4
        int(random.random() * 5)                     # 0 1 2 3 4
        rand() % 5                                   /* C: 0 1 2 3 4 */
        random.nextInt(5)                            // Java: 0 1 2 3 4

    For 1 to 5 write one of these:

        secret = random.randint(1, 5)
        secret = random.choice([1, 2, 3, 4, 5])
        secret = rand() % 5 + 1                      /* C */

    The report says how many sessions were played without the missing value;
    they are so many that it cannot be bad luck. You can count it yourself:

        print(collections.Counter(draw() for _ in range(10000)))
    """#,
    "G2": #"""
    Five numbers were drawn and two of them are equal. Each call of randint()
    knows nothing of those before it. With five numbers out of 47 it happens in
    about one draw in five, so it is no bad luck but a fault.

    Instead of

        numbers = [random.randint(1, 47) for _ in range(5)]

    draw without putting back:

        numbers = random.sample(range(1, 48), 5)     # five different ones
        numbers.sort()                               # when they shall be in order

    range(1, 48) ends at 47. In other languages shuffle all numbers and take the
    first five. If you draw again while the number is already there, mind that
    the set is emptied before the next draw, and not only at the start.
    """#,
    "G3": #"""
    The secret was the same in every session, and again after the program was
    started anew. Either it is a constant, perhaps left over from a test, or the
    random numbers begin from a fixed point: a random generator calculates its
    numbers from a seed, and the same seed gives the same numbers.

    Instead of

        secret = 3                                   # for testing
        random.seed(42)

    write

        secret = random.randint(1, 5)                # and no seed()

    Python starts from a different seed each time by itself. In C rand() does
    not: it needs

        srand(time(NULL) ^ getpid());

    once at the start of main(). Not in each session: within one second time()
    always returns the same number.
    """#,
    "G4": #"""
    The secret is drawn once, when the program starts, and then all clients play
    for the same one. Whoever has lost can tell the next player the answer. The
    protocol asks for a new secret in each session.

    Instead of

        secret = random.randint(1, 5)                # once
        while True:
            conn, address = server.accept()
            serve(conn, secret)

    draw it where the session begins:

        while True:
            conn, address = server.accept()
            secret = random.randint(1, 5)            # for each client
            serve(conn, secret)

    Two more places where this hides: a default argument, def serve(conn,
    secret=random.randint(1, 5)), is calculated only once; and in C all children
    go on with the same random numbers after fork(), unless each calls srand().
    """#,
    "G6": #"""
    Most combinations are judged rightly, one is not. With three choices for
    each side there are nine cases, and it is easy to forget one in a chain of
    ifs. The report shows the case; write down all nine and compare.

        mine \ yours     1 Paper     2 Stone     3 Scissors
        1 Paper          Draw        I won       You won
        2 Stone          You won     Draw        I won
        3 Scissors       I won       You won     Draw

    Instead of six conditions write down who beats whom, once:

        beats = {1: 2, 2: 3, 3: 1}                   # paper beats stone, ...
        if mine == yours:
            result = "Draw"
        elif beats[mine] == yours:
            result = "I won"
        else:
            result = "You won"

    Check first that both sides are numbers: "1" == 1 is false, and then there
    is never a draw.
    """#,
  ]
}
