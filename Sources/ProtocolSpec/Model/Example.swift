// SPDX-License-Identifier: Apache-2.0

/// A transcript that documents the protocol and tests every program that plays a role of it.
package struct Example: Sendable {
  /// A message in a transcript: as on the wire, or by name with some of its fields.
  package enum Content: Sendable {
    case wire(String)
    case named(Name, fields: [Step.Send.Argument])
  }

  package struct Line: Sendable {
    package enum Event: Sendable {
      /// `>`: leaves the connecting side.
      case up(Content)
      /// `<`: arrives at the connecting side.
      case down(Content)
      /// `~ 2s`: nothing arrives for that many seconds.
      case silence(Double)
      case connects
      /// `ana closes`
      case clientCloses
      /// `server closes`
      case serverCloses
    }

    /// The client's name when the example has several.
    package let participant: String?
    package let event: Event
    package let range: SourceRange

    package init(participant: String?, event: Event, range: SourceRange) {
      self.participant = participant
      self.event = event
      self.range = range
    }
  }

  package let name: Name
  /// Whose program it tests; every role it fits when `nil`.
  package var role: Name?
  /// What `choose` picks: successive values by variable.
  package var given: [(name: Name, values: [Expression])] = []
  /// What each person types, by client; the key is `nil` when there is one client only.
  package var typed: [(participant: String?, lines: [String])] = []
  package var transcript: [Line] = []
  /// Texts that the role prints, each contained in a line of its screen.
  package var prints: [String] = []
  package var points: Int?
  package var hint: String?

  package init(name: Name) { self.name = name }
}
