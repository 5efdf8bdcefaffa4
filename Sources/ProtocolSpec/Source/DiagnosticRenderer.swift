// SPDX-License-Identifier: Apache-2.0

/// Writes diagnostics for people: the message, the line with a caret below the place, and help.
///
/// ```
/// error: unknown message `lager`
///    --> guessnumber.yaml:26:19
///     |
///  26 |             send: lager
///     |                   ^^^^^
///     = help: did you mean `larger`?
/// ```
package struct DiagnosticRenderer {
  private static let maximumShown = 10

  private let file: SourceFile
  private let colour: Bool

  /// With `colour` the text holds ANSI sequences for a terminal.
  package init(file: SourceFile, colour: Bool) {
    self.file = file
    self.colour = colour
  }

  /// The diagnostics, errors first and each kind in the order of the file; at most ten.
  ///
  /// No line break at the end.
  package func render(_ diagnostics: Diagnostics) -> String {
    let sorted = diagnostics.sorted
    let ordered =
      sorted.filter { $0.severity == .error } + sorted.filter { $0.severity == .warning }
    var parts = ordered.prefix(Self.maximumShown).map { render($0) }
    if ordered.count > Self.maximumShown {
      parts.append("… and \(ordered.count - Self.maximumShown) more")
    }
    return parts.joined(separator: "\n\n")
  }

  /// One diagnostic, without a line break at the end.
  package func render(_ diagnostic: Diagnostic) -> String {
    let lineNumbers = ([diagnostic.range] + diagnostic.related.map(\.range))
      .map { file.position(at: $0.lower).line }
    let gutter = String(lineNumbers.max() ?? 1).utf8.count
    let severity = diagnostic.severity
    var lines = [
      paint("\(severity.rawValue)", severity == .error ? .error : .warning)
        + paint(": \(DisplayText.visible(diagnostic.message))", .message)
    ]
    lines += window(
      diagnostic.range,
      mark: "^",
      label: nil,
      arrow: "-->",
      gutter,
      severity == .error ? .error : .warning
    )
    for related in diagnostic.related {
      lines += window(related.range, mark: "-", label: related.label, arrow: ":::", gutter, .frame)
    }
    if let help = diagnostic.help {
      lines.append(
        blanks(gutter + 2) + paint("=", .frame) + paint(" help: ", .message)
          + DisplayText.visible(help)
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The place of a range and its first line, with marks below.
  private func window(
    _ range: SourceRange,
    mark: String,
    label: String?,
    arrow: String,
    _ gutter: Int,
    _ markPaint: Paint
  ) -> [String] {
    let position = file.position(at: range.lower)
    let window = SourceWindow(file, range)
    let name = DisplayText.visible(file.name)
    let number = String(position.line)
    let bar = paint("|", .frame)
    let margin = blanks(gutter + 2)
    var marks = String(repeating: mark, count: window.width)
    if let label { marks += " " + DisplayText.visible(label) }
    let padded = blanks(gutter - number.utf8.count + 1) + number
    return [
      blanks(gutter + 1) + paint(arrow, .frame)
        + " \(name):\(position.line):\(position.column)",
      margin + bar,
      paint(padded, .frame) + " " + bar + (window.text.isEmpty ? "" : " " + window.text),
      margin + bar + " " + blanks(window.indent) + paint(marks, markPaint),
    ]
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  // MARK: Colour

  /// What a part of the text is, with the numbers of its ANSI sequence.
  private enum Paint: String {
    case error = "1;31"
    case warning = "1;33"
    case message = "1"
    case frame = "1;34"
  }

  private func paint(_ text: String, _ paint: Paint) -> String {
    colour ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
