// SPDX-License-Identifier: Apache-2.0

/// Parts of an HTML text, which are valid XML as well; control characters become visible escapes.
enum HTML {
  /// Text from anywhere, with nothing in it that acts on a reader's browser or terminal.
  static func text(_ text: String) -> String { escaped(TerminalReport.visible(text)) }

  /// Bytes with visible escapes.
  static func bytes(_ bytes: some Sequence<UInt8>) -> String { escaped(VisibleBytes(bytes).text) }

  /// Text in the type of programs.
  static func code(_ text: String) -> String { "<code>\(self.text(text))</code>" }

  /// A link to a part of the page; its content is HTML.
  static func link(to id: String, _ content: String) -> String {
    "<a href=\"#\(id)\">\(content)</a>"
  }

  /// The characters that HTML reserves as references to them.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
