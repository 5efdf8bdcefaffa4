// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Exercises

@Suite struct BingoTests {
  @Test(arguments: [
    "3 7 12 40 45", "3,7,12,40,45", "3, 7, 12, 40, 45", "  45 40 12 7 3 ", "1\t2 3,4 47",
    "+1 2 3 4 5",
  ])
  func fiveDifferentNumbersAreATicket(_ text: String) {
    #expect(Bingo.isTicket(text))
  }

  @Test(arguments: [
    "", "3 7 12 40", "3 7 12 40 45 46", "3 7 12 40 40", "0 1 2 3 4", "1 2 3 4 48", "-1 2 3 4 5",
    "1 2 3 4 five", "1;2;3;4;5", "1.0 2 3 4 5", "1 2 3 4 99999999999999999999",
  ])
  func everythingElseIsNone(_ text: String) {
    #expect(!Bingo.isTicket(text))
  }

  @Test func hitsCountTheNumbersOfTheTicketThatWereDrawn() {
    let drawn = [4, 9, 23, 31, 47]
    #expect(Bingo.hits("4 12 31 40 45", drawn) == 2)
    #expect(Bingo.hits("47, 31, 23, 9, 4", drawn) == 5)
    #expect(Bingo.hits("1 2 3 5 6", drawn) == 0)
    #expect(Bingo.hits("no ticket", drawn) == 0)
  }
}
