// SPDX-License-Identifier: Apache-2.0

/// What is said about YAML that a specification does not use.
enum YAMLMessage {
  // MARK: The file

  static func tooLarge(_ count: Int) -> Diagnostic {
    Diagnostic(
      "the file has \(count) bytes, more than the \(TextCheck.maximumBytes) that are allowed",
      at: SourceRange(0, 0),
      help: "a specification is a page or two of text"
    )
  }

  static func utf16() -> Diagnostic {
    Diagnostic("the file is in UTF-16", at: SourceRange(0, 0), help: "save it as UTF-8")
  }

  static func notUTF8(_ byte: UInt8, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the byte 0x\(hex(UInt32(byte), 2)) is not UTF-8",
      at: range,
      help: "save the file as UTF-8"
    )
  }

  static func control(_ scalar: UInt32, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the invisible character U+\(hex(scalar, 4)) cannot stand in a specification",
      at: range,
      help: scalar == 0x0D
        ? "end each line with a newline"
        : "remove it; in a text write \"\\u\(hex(scalar, 4))\""
    )
  }

  static func empty() -> Diagnostic {
    Diagnostic(
      "the file holds no specification",
      at: SourceRange(0, 0),
      help: "the first entry is `pnprun: 1`"
    )
  }

  static func secondDocument(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a second document starts here",
      at: range,
      help: "a file holds one specification: remove this line, or put the rest into another file"
    )
  }

  static func directive(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a specification has no lines that start with `%`",
      at: range,
      help: "leave the line out"
    )
  }

  // MARK: Values

  static func anchor(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `&` at the start of a value as an anchor",
      at: range,
      help: "put the whole value in quotes: \"&…\"; to use a value twice, write it twice"
    )
  }

  static func alias(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `*` at the start of a value as an alias",
      at: range,
      help: "put the whole value in quotes: \"*…\""
    )
  }

  static func tag(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `!` at the start of a value as a tag",
      at: range,
      help: "put the whole value in quotes: \"!…\""
    )
  }

  static func typeTag(_ tag: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("a specification has no YAML tags", at: range, help: "leave `\(tag)` out")
  }

  static func tooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is nested more than \(NodeBuilder.maximumDepth) levels deep",
      at: range,
      help: "split it into smaller parts"
    )
  }

  static func tab(at range: SourceRange) -> Diagnostic {
    Diagnostic("this line is indented with a tab", at: range, help: "use blanks instead of tabs")
  }

  static func commaEndsValue(_ open: Character, _ close: Character, at range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      "inside \(open) \(close) a comma ends the value, even within ( )",
      at: range,
      help: "write one entry per line instead of \(open) \(close)"
    )
  }

  // MARK: Keys

  static func keyIsNotScalar(isMapping: Bool, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a name is expected here, not a \(isMapping ? "mapping" : "list")",
      at: range,
      help: isMapping
        ? "a text with braces goes in quotes: \"{…}\""
        : "a text with brackets goes in quotes: \"[…]\""
    )
  }

  static func keyIsMissing(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a name is missing before the colon",
      at: range,
      help: "write an entry as `name: value`"
    )
  }

  static func questionMark(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `?` at the start of a name as the mark of a long key",
      at: range,
      help: "put the name in quotes: \"?…\""
    )
  }

  static func mergeKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a specification has no merge key `<<`",
      at: range,
      help: "write the entries out"
    )
  }

  static func duplicateKey(_ key: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key)` stands here a second time",
      at: range,
      help: "give each name once",
      related: [.init(first, "first here")]
    )
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
