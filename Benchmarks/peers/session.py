# SPDX-License-Identifier: Apache-2.0
"""What a session of guess and sum answers, for the Python servers of the benchmark."""

import random


class Guess:
    """Thinks of a number 1...5 for each guess."""

    def answer(self, line):
        """Returns the answer to one line; raises ValueError when it is no number."""
        number = int(line)
        secret = int(random.random() * 5) + 1
        if number == secret:
            return b"Nice! I guessed that number\n"
        return b"Wrong! I guessed %d and you typed %d\n" % (secret, number)


class Sum:
    """Adds numbers until a #, then starts again."""

    def __init__(self):
        self.total = 0

    def answer(self, line):
        """Returns the answer to one line, empty for a number; raises ValueError otherwise."""
        if line == b"#":
            total, self.total = self.total, 0
            return b"%d\n" % total
        self.total += int(line)
        return b""


SESSIONS = {"guess": Guess, "sum": Sum}
ERROR = b"ERR not a number\n"
