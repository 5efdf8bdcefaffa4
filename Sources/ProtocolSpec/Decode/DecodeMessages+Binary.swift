// SPDX-License-Identifier: Apache-2.0

/// Binary messages and records.
extension DecodeMessage {
  static func textAndBytes(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a message with `bytes:` has no `\(key):`",
      at: range,
      help: "a text in a binary message is a field:  - name: text until 0"
    )
  }

  static func wrongItems(_ owner: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the bytes of `\(owner)` are a list of fields",
      at: range,
      help: "write one field per line with a dash:  - length: u16"
    )
  }

  static func wrongItem(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is no part of a binary message",
      at: range,
      help: "write  - name: type  for a field, or  - \"…\"  for bytes that are always the same"
    )
  }

  static func twoItems(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "two fields under one dash",
      at: range,
      help: "put a dash before `\(name)`, so that the order of the fields is fixed"
    )
  }

  static func wrongField(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "field `\(name)` needs a type",
      at: range,
      help: "write for instance  - \(name): u16  or  - \(name): text until 0, without quotes"
    )
  }

  // MARK: Records

  static func builtinType(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name)` is a type already",
      at: range,
      help: "take another name for the fields"
    )
  }

  static func unknownRecord(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "there are no fields `\(name.text)` to include",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "lists of fields")
        ?? "declare them under  types:  as  \(name.text):  with one field per dash"
    )
  }

  static func includesItself(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name)` includes itself",
      at: range,
      help: "use it as a type:  - children: \(name) list[count]"
    )
  }

  // MARK: Types

  static func unknownBinaryType(
    _ text: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let foreign = [
      "string": "text", "str": "text", "uint8": "u8", "uint16": "u16", "uint32": "u32",
      "uint64": "u64", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64", "byte": "u8",
      "char": "u8", "short": "i16", "long": "i64", "bool": "u8", "float": "f32", "double": "f64",
      "u1": "u8", "u2": "u16", "u4": "u32", "ip": "ipv4",
    ]
    let example = "write a type such as u16, bytes[4] or text until 0"
    return Diagnostic(
      text.isEmpty ? "a type is missing" : "unknown type `\(excerpt(text))`",
      at: range,
      help: text.isEmpty
        ? example
        : foreign[text].map { "did you mean `\($0)`?" }
          ?? Suggestion.nearest(to: text, among: known).map { "did you mean `\($0)`?" } ?? example
    )
  }

  static func openInteger(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "an `int` in decimal digits needs its end",
      at: range,
      help: "write  int until \"\\r\\n\"; for a number in bytes write u8, u16, u32 or i32"
    )
  }

  static func wrongTerminator(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`until` needs the bytes that end the value",
      at: range,
      help: "write  until 0  for a zero byte, or  until \"\\r\\n\""
    )
  }

  static func wrongLast(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`list until` needs what tells the last element",
      at: range,
      help: "write for instance  u8 list until 0, or  record list until length == 0"
    )
  }

  static func wrongCount(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "in brackets stands a number from 1, or the field that holds it",
      at: range,
      help: "write for instance  bytes[4]  or  bytes[length]"
    )
  }

  static func unknownMeasure(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "no field `\(name.text)` stands before this one",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "numbers before it")
        ?? "put  - \(name.text): u16  somewhere above"
    )
  }

  static func noMeasure(_ name: Name, _ type: Type) -> Diagnostic {
    Diagnostic(
      "field `\(name.text)` cannot be a length: it is \(type)",
      at: name.range,
      help: "make it a number such as u16"
    )
  }

  static func presetMeasure(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name)` is the length of another field, it has no default",
      at: range,
      help: "leave the default out: the length follows from what is sent"
    )
  }

  static func wrongCounter(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`counts` stands behind the type of a whole number, and `rest` behind it",
      at: range,
      help: "write for instance  - length: u16 counts rest"
    )
  }

  static func secondCounter(_ first: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(first)` counts the rest already",
      at: range,
      help: "give what this one counts fields of its own under `types:`"
    )
  }

  static func countsRestAlready(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name)` counts the rest, it cannot be the length of one field too",
      at: range,
      help: "leave the brackets out, or  counts rest"
    )
  }

  // MARK: Bits

  static func wrongBitCount(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is no number of bits",
      at: range,
      help: "write for instance  {high: 4 bits, low: 4 bits}"
    )
  }

  static func noBits(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name)` is no number of bits",
      at: range,
      help: "in braces write for instance  \(name): 4 bits; other types have a dash of their own"
    )
  }

  static func wrongBits(_ total: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "these are \(total) bits together, not whole bytes",
      at: range,
      help: total < 64
        ? "add  unused: \(8 - total % 8) bit\(total % 8 == 7 ? "" : "s"), or correct a width"
        : "a group has at most 64 bits: split it"
    )
  }

  // MARK: Constants

  static func trailingBinary(_ rest: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected '\(excerpt(rest))' after the type",
      at: range,
      help: "a constant is written  u16 is 5, a default  u16 = 5"
    )
  }

  static func wrongConstant(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`is` and `=` take a number, a text in quotes or bytes",
      at: range,
      help: "write for instance  u16 is 5,  text until 0 = \"octet\"  or  bytes = b\"\""
    )
  }

  static func unfitConstant(_ value: Value, _ type: BinaryType, at range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      "\(value.literalText) does not fit this type",
      at: range,
      help: "it takes \(type.description)"
    )
  }

  static func noConstant(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this type has no constants",
      at: range,
      help: "compare it in the step that receives it:  where: …"
    )
  }
}
