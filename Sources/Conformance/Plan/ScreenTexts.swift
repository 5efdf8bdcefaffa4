// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What a client shows of the messages that it was sent, and how often.
///
/// Nothing says how it shows them; but what it shows of some messages in one session, it has to show
/// of the same messages in another one.
struct ScreenTexts {
  private(set) var counts: [String: Int] = [:]

  /// What there is to show: the messages as they are, if they are texts, and the values in them.
  init(of messages: [EncodedMessage], _ program: Program) {
    for message in messages {
      var found = [String(validating: message.body, as: UTF8.self)]
      if let index = message.message, let values = program.values(of: index, message.body.span) {
        found += values.map(\.displayText)
      }
      for text in found.compactMap(\.self) where text.canBeRecognised { counts[text] = 0 }
    }
  }

  /// Counts the texts on the screen of a program, once it shows as much as another session did, or
  /// has had the time for it.
  mutating func read(_ process: TargetProcess, like other: ScreenTexts?, stretch: Int) {
    let patience: Int64 = other == nil ? 200_000_000 : 1_000_000_000 * Int64(stretch)
    let deadline = Instant.now().advanced(byNanoseconds: patience)
    while true {
      let log = process.log(.output)
      for text in counts.keys { counts[text] = log.text.count(of: text) }
      if let other, missing(in: other) == nil { return }
      guard process.waitForOutput(.output, beyond: log.byteCount, before: deadline) else { return }
    }
  }

  /// Whether any of it has been shown.
  var isSeen: Bool { counts.values.contains { $0 > 0 } }

  /// A text that another session has shown more often.
  func missing(in other: ScreenTexts) -> String? {
    other.counts.sorted { $0.key < $1.key }.first { counts[$0.key, default: 0] < $0.value }?.key
  }
}

extension String {
  /// Whether it hardly is on a screen by chance, and can be there as it is.
  fileprivate var canBeRecognised: Bool {
    unicodeScalars.count > 2 && unicodeScalars.count < 200
      && !unicodeScalars.contains { $0.properties.generalCategory == .control }
  }

  /// How often another text occurs in it.
  fileprivate func count(of text: String) -> Int {
    let (all, wanted) = (Array(utf8), Array(text.utf8))
    var count = 0
    var place = 0
    while place + wanted.count <= all.count {
      let isThere = all[place..<place + wanted.count].elementsEqual(wanted)
      count += isThere ? 1 : 0
      place += isThere ? wanted.count : 1
    }
    return count
  }
}
