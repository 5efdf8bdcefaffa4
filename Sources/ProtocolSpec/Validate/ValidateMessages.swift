// SPDX-License-Identifier: Apache-2.0

/// What is said about a specification that is well-formed and makes no sense.
///
/// This file: names, types and values.
enum ValidateMessage {
  // MARK: Names

  static func unknownMessage(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown message `\(name.text)`",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "messages")
    )
  }

  static func unknownGroup(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown group `\(name.text)`",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "groups")
        ?? "declare it in the role:  groups: [\(name.text)]"
    )
  }

  static func unknownRole(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown role `\(name.text)`",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "roles")
    )
  }

  static func unknownField(_ name: Name, of message: String, known: [MessageField]) -> Diagnostic {
    Diagnostic(
      "message `\(message)` has no field `\(name.text)`",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known.map(\.name.text), what: "fields")
        ?? "declare it in the text of the message:  {\(name.text)}"
    )
  }

  static func unknownDraw(_ name: Name, known: [String]) -> Diagnostic {
    Diagnostic(
      "no role chooses `\(name.text)`",
      at: name.range,
      help: Suggestion.help(for: name.text, among: known, what: "draws")
        ?? "`given:` fixes what  choose:  draws"
    )
  }

  // MARK: Variables

  static func twoTypes(
    _ name: Name,
    _ type: Type,
    _ earlier: Type,
    first: SourceRange
  ) -> Diagnostic {
    let isNumber = type.isNumber && earlier.isNumber
    return Diagnostic(
      "variable `\(name.text)` is \(earlier) elsewhere, here it becomes \(type)",
      at: name.range,
      help: isNumber
        ? "write double(x), or 1.0 for 1" : "use another variable, or convert the value",
      related: [.init(first, "here it is \(earlier)")]
    )
  }

  // MARK: Sending

  static func missingValue(
    _ message: String,
    field: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "message `\(message)` needs a value for `\(field)`",
      at: range,
      help: "write  \(message)(\(field) = …), or set a variable `\(field)` first"
    )
  }

  static func wrongVariable(
    _ message: String,
    _ field: MessageField,
    _ type: Type,
    at range: SourceRange
  ) -> Diagnostic {
    let name = field.name.text
    return Diagnostic(
      "message `\(message)` needs \(field.valueType) for `\(name)`, the variable is \(type)",
      at: range,
      help: "write  \(message)(\(name) = …)"
    )
  }

  static func unfitValue(_ value: Value, _ field: MessageField, at range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      "\(value.literalText) does not fit the field `\(field.name.text)`",
      at: range,
      help: "it takes \(field.description)"
    )
  }

  static func wrongReceiver(_ type: Type, _ role: Role, at range: SourceRange) -> Diagnostic {
    let group = role.groups.first?.text ?? "room"
    return Diagnostic(
      "`to:` takes a session or a group, not \(type)",
      at: range,
      help: "write  to: \(group),  to: others(\(group)),  or leave it out to answer the peer"
    )
  }

  // MARK: Domains and times

  static func unknownDomain(_ name: Name, _ types: [String], _ names: [String]) -> Diagnostic {
    let near =
      (types.isEmpty ? nil : ForeignWords.textTypes[name.text])
      ?? Suggestion.nearest(to: name.text, among: types + names)
    return Diagnostic(
      types.isEmpty ? "unknown list `\(name.text)`" : "unknown type or list `\(name.text)`",
      at: name.range,
      help: near.map { "did you mean `\($0)`?" }
        ?? "write a list, a group or a range such as 1..5"
        + (types.isEmpty ? "" : ", or a type such as int")
    )
  }

  static func notAList(_ type: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a list is needed here, not \(type)",
      at: range,
      help: type == .int ? "for a range write  1..5" : "write a list, a group or a range"
    )
  }

  static func endlessDomain(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`choose` cannot draw from a type without bounds",
      at: range,
      help: "write a range such as 1..100, or a list"
    )
  }

  static func waitForName(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`wait:` takes this for a time, but it is bool",
      at: range,
      help: "to wait until it holds write  wait: \(text) == true"
    )
  }

  // MARK: Constants

  static let hookInConstant = "a hook cannot be called here"

  static func constantFails(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this has no value: \(message)",
      at: range,
      help: "write a value that is known before anything runs"
    )
  }

  static func laterSetting(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "setting `\(name)` has no value yet",
      at: range,
      help: "a setting may use those above it: move `\(name)` up"
    )
  }

  static func unknownSetting(_ name: String, known: [String]) -> String {
    if let near = Suggestion.nearest(to: name, among: known) {
      return "there is no setting \(name); did you mean \(near)?"
    }
    return known.isEmpty
      ? "there is no setting \(name): this specification has none"
      : "there is no setting \(name); its settings are: \(known.joined(separator: ", "))"
  }

  static func wrongSetting(
    _ name: String,
    _ text: String,
    _ type: Type,
    written: String
  ) -> String {
    "\(text) does not fit the setting \(name), which is \(type): write a value like \(written)"
  }
}
