// SPDX-License-Identifier: Apache-2.0

/// What is said about a specification that cannot be decoded.
///
/// This file: its head and its values.
enum DecodeMessage {
  // MARK: Keys

  static func notAMapping(_ owner: String, keys: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "\(owner) is written as entries `key: value`",
      at: range,
      help: "known keys: \(keys.prefix(8).joined(separator: ", "))"
        + (keys.count > 8 ? ", …" : "")
    )
  }

  static func unknownKey(
    _ key: String,
    of owner: String,
    keys: [String],
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unknown key `\(key)` in \(owner)",
      at: range,
      help: ForeignWords.keys[key].flatMap { keys.contains($0.key) ? $0.help : nil }
        ?? Suggestion.help(for: key, among: keys, what: "keys")
    )
  }

  static func missingKey(_ key: String, of owner: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key):` is missing in \(owner)", at: range, help: "add  \(key): …")
  }

  // MARK: The head

  private static let start = SourceRange(0, 0)

  static func missingVersion() -> Diagnostic {
    Diagnostic(
      "`pnprun:` is missing",
      at: start,
      help: "begin the file with the version:  pnprun: 1"
    )
  }

  static func wrongVersion(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there is no version `\(text)` of the language",
      at: range,
      help: "write  pnprun: 1"
    )
  }

  static func missingProtocol() -> Diagnostic {
    Diagnostic(
      "`protocol:` is missing",
      at: start,
      help: "name the protocol, e.g.  protocol: echo"
    )
  }

  static func missingFraming() -> Diagnostic {
    Diagnostic(
      "`framing:` is missing",
      at: start,
      help: "TCP has no message boundaries; say how messages end, e.g.  framing: line"
    )
  }

  static func missingMessages() -> Diagnostic {
    Diagnostic(
      "`messages:` is missing",
      at: start,
      help: "name the messages and give their texts, e.g.  hello: \"Hello {name}\""
    )
  }

  static func missingRoles() -> Diagnostic {
    Diagnostic(
      "`roles:` is missing",
      at: start,
      help: "say what each side does, under  server:  and  client:"
    )
  }

  // MARK: Values

  static func notAText(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key)` is a text", at: range, help: "write  \(key): …  on one line, or after |")
  }

  static func notAWord(at range: SourceRange) -> Diagnostic {
    Diagnostic("a single word is expected here", at: range, help: "write it behind the colon")
  }

  static func wrongWord(
    _ text: String?,
    of key: String,
    words: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let known =
      words.count == 1
      ? words[0] : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    let near = text.flatMap { Suggestion.nearest(to: $0, among: words) }
    return Diagnostic(
      "`\(key)` is \(known)" + (text.map { $0.isEmpty ? "" : ", not `\($0)`" } ?? ""),
      at: range,
      help: near.map { "did you mean `\($0)`?" } ?? "write  \(key): \(words.first ?? "")"
    )
  }

  static func wrongNumber(
    _ key: String,
    _ bounds: ClosedRange<Int>,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(key)` is a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
      at: range,
      help: "write it with digits, e.g.  \(key): \(key == "port" ? 8005 : bounds.lowerBound)"
    )
  }

  static func wrongSize(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key)` is a number of bytes",
      at: range,
      help: "write  \(key): 512, 64KiB or 1MiB"
    )
  }

  static func wrongDuration(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key)` is a duration",
      at: range,
      help: "write  \(key): 500ms, 2s, 10min or 1h"
    )
  }

  static func notAListOfTexts(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key)` is a list of texts",
      at: range,
      help: "write  \(key): [\"first\", \"second\"]"
    )
  }

  static func notAListOfNames(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key)` is a list of names", at: range, help: "write  \(key): [first, second]")
  }

  static func notAName(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(what)` takes a name without quotes", at: range, help: "write  \(what): name")
  }

  static func badName(_ text: String, at range: SourceRange) -> Diagnostic {
    var letters = ""
    for character in text.lowercased() {
      let isPart = character.isASCII && (character.isLetter || character.isNumber)
      if isPart { letters.append(character) } else if letters.last != "_" { letters.append("_") }
    }
    let isUsable = letters.contains { $0 != "_" } && letters.first?.isLetter == true
    return Diagnostic(
      "`\(text)` is not a name",
      at: range,
      help: "a name has letters, digits and _, and begins with a letter"
        + (isUsable ? ", e.g.  \(letters)" : "")
    )
  }

  static func notDeclarations(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key):` holds entries `name: …`",
      at: range,
      help: "write one entry per line, indented below `\(key):`, without dashes"
    )
  }

  static func missingValue(at range: SourceRange) -> Diagnostic {
    Diagnostic("a value is missing", at: range, help: "for the empty text write \"\"")
  }

  // MARK: Expressions and texts

  static func notAnExpression(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key):` needs an expression",
      at: range,
      help: "write it on the same line, or on the next one after `>-`"
    )
  }

  static func notATemplate(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key):` needs a text", at: range, help: "write  \(key): \"…\"")
  }

  static func plainTemplate(_ key: String, _ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a text must be in quotes",
      at: range,
      help: "write  \(key): \(text.contains("\"") ? "'" : "\"")\(text)"
        + (text.contains("\"") ? "'" : "\"")
    )
  }

  static func strayBrace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this } closes nothing",
      at: range,
      help: "write }} for the character }, or { before it"
    )
  }

  static func emptyBraces(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing stands between these braces",
      at: range,
      help: "write an expression, or {{ and }} for the characters"
    )
  }

  static func openBrace(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the value in braces that begins here does not end",
      at: range,
      help: "write } behind the expression; for the character { write {{"
    )
  }

  static func trailing(_ rest: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected '\(excerpt(rest))'",
      at: range,
      help: "nothing can follow here: leave it out"
    )
  }

  static func excerpt(_ text: String) -> String {
    let trimmed = text.trimmingBlanks
    return trimmed.count <= 24 ? trimmed : String(trimmed.prefix(23)) + "…"
  }
}
