// SPDX-License-Identifier: Apache-2.0

/// What is said about text that is not YAML.
enum SyntaxMessage {
  static func other(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML cannot be read from here on",
      at: range,
      help: "write one `name: value` or one `- item` a line, and put texts in quotes"
    )
  }

  // MARK: Values

  static func colon(isTernary: Bool, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `: ` (colon, space) as the start of a new entry",
      at: range,
      help: isTernary
        ? "put the expression on the next line after `>-`, or the text into `messages:`"
        : "put the whole value in quotes, or on the next line after `>-`"
    )
  }

  static func secondEntry(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "YAML takes `: ` (colon, space) as the start of a new entry",
      at: range,
      help: "put `\(name): …` on the next line, or the whole value in quotes"
    )
  }

  static func start(_ character: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a value cannot start with `\(character)`",
      at: range,
      help: character == "\""
        ? "close the quotes" : "put the whole value in quotes: \"\(character)…\""
    )
  }

  static func blockHeader(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "only the text on the next lines may follow `|` or `>`",
      at: range,
      help: "write `|` or `>-` alone and start the text on the next line"
    )
  }

  // MARK: Quotes

  static func openQuote(_ quote: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic("this quote is never closed", at: range, help: "write \(quote) behind the text")
  }

  static func afterQuote(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing can follow a text in quotes",
      at: range,
      help:
        "put values into the text: \"Hello {name}\"; for an expression use `>-` and the next line"
    )
  }

  static func escape(_ escape: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(escape)` means nothing in double quotes",
      at: range,
      help: "use single quotes for a regular expression, or write `\\\(escape)`"
    )
  }

  static func hexEscape(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this escape needs hexadecimal digits",
      at: range,
      help: "write two digits after `\\x`, four after `\\u`, eight after `\\U`"
    )
  }

  // MARK: Lines

  static func entryBelowValue(_ entry: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(entry)` is indented below an entry that already has a value",
      at: range,
      help: "align it with that entry, or give that entry no value of its own"
    )
  }

  static func itemBelowValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "no list can start here",
      at: range,
      help: "align the `-` with the other items, or write `name:` in the line above the list"
    )
  }

  static func dash(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a list cannot start behind a name",
      at: range,
      help: "put `- …` on the next line, or write a single step without the dash"
    )
  }

  static func missingColon(_ line: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      line.contains(":")
        ? "a blank is missing after the colon of `\(line)`"
        : "a colon is missing after `\(line)`",
      at: range,
      help: "write an entry as `name: value`"
    )
  }

  static func indentation(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this line fits no line above it",
      at: range,
      help: "indent it exactly like the entries it belongs to"
    )
  }

  static func itemAmongEntries(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a list item cannot stand among entries",
      at: range,
      help: "write `name: value`, or indent the list below a `name:`"
    )
  }

  static func entryAmongItems(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this line is not part of the list above it",
      at: range,
      help: "start it with `- `, or indent it like the entries it belongs to"
    )
  }

  static func documentEnd(at range: SourceRange) -> Diagnostic {
    Diagnostic("`...` ends the document, but more follows", at: range, help: "remove this line")
  }

  // MARK: Brackets

  static func unclosed(_ left: Character, _ right: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this `\(left)` is not closed",
      at: range,
      help: "write `\(right)` behind the last entry and commas between them;"
        + " put a text with `\(left)` in quotes"
    )
  }

  static func mismatch(
    _ left: Character,
    _ right: Character,
    _ found: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic("`\(found)` cannot close `\(left)`", at: range, help: "write `\(right)`")
  }

  static func closesNothing(_ found: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(found)` closes nothing",
      at: range,
      help: "remove it, or put the value in quotes"
    )
  }

  static func afterBracket(_ bracket: Character, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing can follow `\(bracket)` here",
      at: range,
      help: "for an expression write `>-` and put it on the next line"
    )
  }

  static func flowValue(
    _ left: Character,
    _ right: Character,
    _ found: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "inside \(left) \(right) a `\(found)` cannot stand within a value",
      at: range,
      help: "write one entry per line instead of \(left) \(right)"
    )
  }

  static func missingComma(
    _ left: Character,
    _ right: Character,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "a comma is missing inside \(left) \(right)",
      at: range,
      help: "write `,` before this"
    )
  }

  static func missingValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a value is missing before this comma",
      at: range,
      help: "remove the comma, or write a text that starts with a comma in quotes"
    )
  }
}
