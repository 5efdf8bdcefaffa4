// SPDX-License-Identifier: Apache-2.0
internal import ProtocolSpec

/// Text in columns: widths, padding, and lines that end between words.
enum TextLayout {
  /// Columns of a report.
  static let width = 80

  /// Number of columns that a text takes; control characters are expected to be escaped.
  static func width(of text: String) -> Int {
    text.reduce(0) { $0 + DisplayText.piece($1).width }
  }

  /// The text with blanks behind it.
  static func padded(_ text: String, to columns: Int) -> String {
    text + blanks(columns - width(of: text))
  }

  /// The text with blanks before it.
  static func aligned(_ text: String, to columns: Int) -> String {
    blanks(columns - width(of: text)) + text
  }

  /// The text, or its beginning with three points.
  static func shortened(_ text: String, to columns: Int) -> String {
    width(of: text) <= columns ? text : (broken(text, to: columns - 3).first ?? "") + "..."
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// The text in lines of at most that many columns; a word that is longer is broken.
  static func wrapped(_ text: String, to columns: Int, separator: String = " ") -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words(of: text, separator: separator) {
      let joined = line.isEmpty ? word : line + separator + word
      if width(of: joined) <= columns {
        line = joined
        continue
      }
      if !line.isEmpty { lines.append(line) }
      let parts = broken(word, to: columns)
      lines += parts.dropLast()
      line = parts.last ?? ""
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The text in pieces of at most that many columns.
  static func broken(_ text: String, to columns: Int) -> [String] {
    var parts: [String] = []
    var part = ""
    var used = 0
    for character in text {
      let taken = DisplayText.piece(character).width
      if used + taken > columns, !part.isEmpty {
        parts.append(part)
        part = ""
        used = 0
      }
      part.append(character)
      used += taken
    }
    return parts + [part]
  }

  private static func words(of text: String, separator: String) -> [String] {
    var words: [String] = []
    var rest = Substring(text)
    while let found = rest.firstRange(of: separator) {
      words.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return words + [String(rest)]
  }

  /// A command in lines that can be copied as they are: all but the last end with a backslash.
  static func wrappedCommand(_ command: String, to columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in shellWords(command) {
      let joined = line.isEmpty ? word : line + " " + word
      if width(of: joined) + 2 > columns, !line.isEmpty {
        lines.append(line + " \\")
        line = word
      } else {
        line = joined
      }
    }
    return lines + [line]
  }

  /// The words of a command as they were typed; blanks in quotes do not divide.
  private static func shellWords(_ command: String) -> [String] {
    var words = [""]
    var quote: Character?
    var isEscaped = false
    for character in command {
      if character == " ", quote == nil, !isEscaped {
        words.append("")
        continue
      }
      words[words.count - 1].append(character)
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// A duration for people: `3 ms`, `0.4 s`.
  static func duration(_ seconds: Double) -> String {
    seconds < 0.1
      ? "\(Int((max(0, seconds) * 1000).rounded())) ms" : "\(decimals(seconds, places: 1)) s"
  }

  /// A number with that many digits behind the point.
  static func decimals(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { result, _ in result * 10 }
    // Durations and shares are far below the limit; anything else is shown as it.
    let limit = Double(Int.max / 2)
    let scaled = Int(
      (value.isFinite ? min(max(value * Double(scale), -limit), limit) : 0).rounded()
    )
    let digits = String(scaled.magnitude % UInt(scale))
    let fraction = String(repeating: "0", count: places - digits.utf8.count) + digits
    return (scaled < 0 ? "-" : "") + "\(scaled.magnitude / UInt(scale)).\(fraction)"
  }

  /// `1 point`, `2 points`.
  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
