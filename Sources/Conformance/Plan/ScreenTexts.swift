// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What a client may show of the messages that it was sent.
///
/// Nothing says how it shows them; but what it shows of a message in one session, it has to show of
/// the same message in another one.
struct ScreenTexts {
  private(set) var texts: [String] = []

  /// The messages as they are, if they are texts, and the values in them.
  init(of messages: [EncodedMessage], _ program: Program) {
    for message in messages {
      var found = [String(validating: message.body, as: UTF8.self)]
      if let index = message.message, let values = program.values(of: index, message.body.span) {
        found += values.map(\.displayText)
      }
      for text in found.compactMap(\.self) where text.canBeRecognised && !texts.contains(text) {
        texts.append(text)
      }
    }
  }

  private init(_ texts: [String]) { self.texts = texts }

  /// Those on the screen of a program, once it has shown any, or has had the time for it.
  func shown(by process: TargetProcess) -> ScreenTexts {
    if let last = texts.last { _ = process.prints(last) }
    let screen = process.log(.output).text
    return ScreenTexts(texts.filter { screen.contains($0) })
  }
}

extension String {
  /// Whether it hardly is on a screen by chance, and can be there as it is.
  fileprivate var canBeRecognised: Bool {
    unicodeScalars.count > 2 && unicodeScalars.count < 200
      && !unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
