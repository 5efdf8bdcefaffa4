// SPDX-License-Identifier: Apache-2.0

/// Says in plain words what libyaml found wrong, and what to write instead.
///
/// libyaml reports the place where it could not go on. What a person did wrong often stands before
/// it, so the text around the place decides the words.
struct SyntaxExplanation {
  private let file: SourceFile
  private let fault: SyntaxFault
  private let surroundings: Surroundings
  /// The place of the error; at the end of the file the last character before it.
  private let offset: Int

  init(_ file: SourceFile, _ fault: SyntaxFault, _ surroundings: Surroundings) {
    self.file = file
    self.fault = fault
    self.surroundings = surroundings
    var offset = fault.offset
    if offset >= file.bytes.count {
      offset = file.bytes.count
      while offset > 0, file.isBlank(offset - 1) { offset -= 1 }
    }
    self.offset = offset
  }

  var diagnostic: Diagnostic {
    if !fault.context.hasSuffix("quoted scalar"),
      let tab = file.tabInIndentation(before: firstTextOffset)
    {
      return YAMLMessage.tab(at: tab)
    }
    return known ?? SyntaxMessage.other(at: place)
  }

  private var known: Diagnostic? {
    switch fault.problem {
    case "mapping values are not allowed in this context": unexpectedColon
    case "block sequence entries are not allowed in this context": unexpectedDash
    case "found character that cannot start any token": unexpectedStart
    case "found unknown escape character": SyntaxMessage.escape(escape, at: escapePlace)
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      SyntaxMessage.hexEscape(at: place)
    case "found unexpected end of stream", "found unexpected document indicator":
      SyntaxMessage.openQuote(quote, at: file.character(at: fault.contextOffset))
    case "could not find expected ':'": missingColon
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'": brokenFlow
    case "did not find expected node content": missingValue
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      brokenBlock
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      YAMLMessage.tab(at: place)
    case "found incompatible YAML document": YAMLMessage.directive(at: place)
    default: byContext
    }
  }

  /// Errors within a construct that the language does not have anyway.
  private var byContext: Diagnostic? {
    let start = file.character(at: fault.contextOffset)
    return switch fault.context {
    case "while scanning a directive", "while scanning a %YAML directive",
      "while parsing a %TAG directive":
      YAMLMessage.directive(at: start)
    case "while scanning an anchor": YAMLMessage.anchor(at: start)
    case "while scanning an alias": YAMLMessage.alias(at: start)
    case "while scanning a tag", "while parsing a tag", "while parsing a node":
      YAMLMessage.tag(at: start)
    case "while scanning a block scalar":
      SyntaxMessage.blockHeader(at: file.word(at: offset))
    default: nil
    }
  }

  // MARK: Places

  private var place: SourceRange { file.character(at: offset) }

  /// Where the text of the line begins, if libyaml stopped in its indentation or behind it.
  private var firstTextOffset: Int {
    let line = file.trimmedLine(at: offset)
    return line.lower < line.upper ? line.lower : offset
  }

  private func isSameLine(_ first: Int, _ second: Int) -> Bool {
    file.lineIndex(at: first) == file.lineIndex(at: second)
  }

  /// What stands in the line of the error before it, without its indentation.
  private var before: String {
    let start = min(file.trimmedLine(at: offset).lower, offset)
    return file.text(SourceRange(start, offset))
  }

  private var character: UInt8 { file.byte(at: offset) ?? 0 }

  private var quote: Character {
    file.byte(at: fault.contextOffset) == UInt8(ascii: "'") ? "'" : "\""
  }

  private var escapePlace: SourceRange {
    SourceRange(offset, file.character(at: offset + 1).upper)
  }

  private var escape: String { file.text(escapePlace) }

  // MARK: Lines

  private var unexpectedColon: Diagnostic? {
    if let missing = quoteOpenSinceEarlierLine { return missing }
    let before = before
    guard let colon = before.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      if let name = nameWithoutColon {
        return SyntaxMessage.missingColon(file.text(name), at: name)
      }
      let line = file.trimmedLine(at: offset)
      return SyntaxMessage.entryBelowValue(before, at: SourceRange(line.lower, offset))
    }
    let value = before[before.index(after: colon)...].drop { $0 == " " }
    if SyntaxHint.isName(value) { return SyntaxMessage.secondEntry(String(value), at: place) }
    return SyntaxMessage.colon(isTernary: value.contains(" ? "), at: place)
  }

  /// The line above, if it is a name that lacks its colon rather than the value of an entry.
  private var nameWithoutColon: SourceRange? {
    guard let above = file.lineAbove(offset) else { return nil }
    let text = file.text(above)
    guard !text.contains(": "), !text.hasSuffix(":"), !text.hasPrefix("#") else { return nil }
    if let parent = file.lineAbove(above.lower), !file.text(parent).hasSuffix(":"),
      file.indentation(at: parent.lower) < file.indentation(at: above.lower)
    {
      return nil
    }
    return SourceRange(above.lower + (text.hasPrefix("- ") ? 2 : 0), above.upper)
  }

  private var unexpectedDash: Diagnostic? {
    before.isEmpty ? SyntaxMessage.itemBelowValue(at: place) : SyntaxMessage.dash(at: place)
  }

  private var unexpectedStart: Diagnostic? {
    if character == UInt8(ascii: "\t") { return YAMLMessage.tab(at: place) }
    if character == UInt8(ascii: "%"), before.isEmpty { return YAMLMessage.directive(at: place) }
    return SyntaxMessage.start(file.text(place), at: place)
  }

  private var missingColon: Diagnostic? {
    if let missing = quoteOpenSinceEarlierLine { return missing }
    let start = fault.contextOffset
    let line = SourceRange(start, max(start, file.trimmedLine(at: start).upper))
    if let first = file.byte(at: start), first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
      line.upper == start + 1 || file.byte(at: line.upper - 1) != first
    {
      return SyntaxMessage.openQuote(quote, at: SourceRange(start, start + 1))
    }
    return SyntaxMessage.missingColon(file.text(line), at: line)
  }

  /// A line of the block does not fit, or something follows a value that is complete.
  private var brokenBlock: Diagnostic? {
    if let missing = quoteOpenSinceEarlierLine { return missing }
    let before = before
    if fault.problem == "did not find expected <document start>",
      let above = file.lineAbove(offset), file.text(above) == "..."
    {
      return SyntaxMessage.documentEnd(at: above)
    }
    if before.isEmpty || before == "-" || before == "- " {
      let isList = fault.problem == "did not find expected '-' indicator"
      if character == UInt8(ascii: ":") { return YAMLMessage.keyIsMissing(at: place) }
      if !isList, character == UInt8(ascii: "-") {
        return SyntaxMessage.itemAmongEntries(at: place)
      }
      let word = file.word(at: offset)
      return isList ? SyntaxMessage.entryAmongItems(at: word) : SyntaxMessage.indentation(at: word)
    }
    if let last = surroundings.lastScalar, surroundings.lastStyle.isQuoted,
      last.upper <= offset, isSameLine(last.upper, offset), isBlank(last.upper, offset)
    {
      return SyntaxMessage.afterQuote(at: place)
    }
    switch character {
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      return SyntaxMessage.closesNothing(file.text(place), at: place)
    default:
      guard let end = before.last(where: { $0 != " " }), end == "]" || end == "}" else {
        return nil
      }
      return SyntaxMessage.afterBracket(end, at: place)
    }
  }

  private func isBlank(_ lower: Int, _ upper: Int) -> Bool {
    (lower..<upper).allSatisfy { file.isBlank($0) }
  }

  /// A quoted text that ends on a later line than it starts, right before the error: most likely
  /// its closing quote was forgotten, and the opening quote of another text closed it.
  private var quoteOpenSinceEarlierLine: Diagnostic? {
    guard let last = surroundings.lastScalar, surroundings.lastStyle.isQuoted,
      last.upper <= offset, isSameLine(last.upper, offset), !isSameLine(last.lower, last.upper)
    else { return nil }
    let quote: Character = surroundings.lastStyle == .singleQuoted ? "'" : "\""
    return SyntaxMessage.openQuote(quote, at: SourceRange(last.lower, last.lower + 1))
  }

  // MARK: Brackets

  private var brokenFlow: Diagnostic? {
    let open = surroundings.openBrackets.last ?? fault.contextOffset
    guard isSameLine(open, offset), fault.offset < file.bytes.count else {
      return unclosed(open)
    }
    let (left, right) = brackets(at: open)
    switch character {
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      return SyntaxMessage.flowValue(left, right, file.text(place), at: place)
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      return SyntaxMessage.mismatch(left, right, file.text(place), at: place)
    default: return SyntaxMessage.missingComma(left, right, at: place)
    }
  }

  private var missingValue: Diagnostic? {
    if let open = surroundings.openBrackets.last, fault.offset >= file.bytes.count {
      return unclosed(open)
    }
    switch character {
    case UInt8(ascii: ","): return SyntaxMessage.missingValue(at: place)
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      guard let open = surroundings.openBrackets.last else {
        return SyntaxMessage.start(file.text(place), at: place)
      }
      let (left, right) = brackets(at: open)
      return SyntaxMessage.mismatch(left, right, file.text(place), at: place)
    default:
      guard let open = surroundings.openBrackets.last, !isSameLine(open, offset) else {
        return SyntaxMessage.start(file.text(place), at: place)
      }
      return unclosed(open)
    }
  }

  private func unclosed(_ open: Int) -> Diagnostic? {
    let (left, right) = brackets(at: open)
    return SyntaxMessage.unclosed(left, right, at: file.character(at: open))
  }

  private func brackets(at open: Int) -> (Character, Character) {
    file.byte(at: open) == UInt8(ascii: "[") ? ("[", "]") : ("{", "}")
  }
}
