// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Exercises

@Suite struct PaperStoneScissorsTests {
  private let winners = [["Paper", "Stone"], ["Stone", "Scissors"], ["Scissors", "Paper"]]

  @Test func eachObjectBeatsExactlyOneOther() {
    let objects = ["Paper", "Stone", "Scissors"]
    for first in objects {
      for second in objects {
        #expect(PaperStoneScissors.beats(first, second) == winners.contains([first, second]))
      }
    }
  }
}
