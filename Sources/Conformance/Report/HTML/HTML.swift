// SPDX-License-Identifier: Apache-2.0

/// Parts of an HTML text, which are valid XML as well; control characters become visible escapes.
enum HTML {
  /// Text from anywhere, with nothing in it that acts on a reader's browser or terminal.
  static func text(_ text: String) -> String { escaped(TerminalReport.visible(text)) }

  /// Sentences, in which names stand between grave accents.
  static func prose(_ text: String) -> String {
    let parts = self.text(text).split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 1, !parts.count.isMultiple(of: 2) else { return self.text(text) }
    return parts.enumerated()
      .map { $0.isMultiple(of: 2) ? String($1) : "<code>\($1)</code>" }.joined()
  }

  /// A command line; no line ends inside a word that begins like an option.
  static func command(_ command: String) -> String {
    let words = text(command).split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("-") ? "<span>\($0)</span>" : String($0) }
    return
      "<pre class=\"command\" tabindex=\"0\"><code>\(words.joined(separator: " "))</code></pre>\n"
  }

  /// As many items of a list as that many bytes hold, and how many are left.
  static func fitting(_ items: some Sequence<String>, to room: Int) -> (kept: [String], left: Int) {
    var kept: [String] = []
    var used = 0
    var left = 0
    for item in items {
      used += item.utf8.count
      if used <= room { kept.append(item) } else { left += 1 }
    }
    return (kept, left)
  }

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
