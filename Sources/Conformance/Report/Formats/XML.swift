// SPDX-License-Identifier: Apache-2.0

/// Parts of an XML 1.0 text.
///
/// What XML cannot hold, control characters above all, becomes a visible escape.
enum XML {
  /// An attribute, with the blank before it.
  static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(escaped(value))\""
  }

  /// An element with lines of text, and a newline behind it.
  static func element(_ name: String, _ attributes: String = "", lines: [String]) -> String {
    let text = lines.map { escaped($0) }.joined(separator: "\n")
    return text.isEmpty
      ? "<\(name)\(attributes)/>\n" : "<\(name)\(attributes)>\(text)\n</\(name)>\n"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TerminalReport.visible(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
