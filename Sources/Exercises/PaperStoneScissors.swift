// SPDX-License-Identifier: Apache-2.0

/// The rules of `protocols/paperstonescissors.yaml`.
enum PaperStoneScissors {
  /// Whether the first object beats the second: paper beats stone, stone beats scissors, scissors
  /// beat paper.
  @Sendable static func beats(_ first: String, _ second: String) -> Bool {
    switch (first, second) {
    case ("Paper", "Stone"), ("Stone", "Scissors"), ("Scissors", "Paper"): true
    default: false
    }
  }
}
