// SPDX-License-Identifier: Apache-2.0

/// A report for GitHub Actions: a page for the summary of a job, and a message for each cause.
package enum GitHubReport {
  /// A summary may have 1 MiB; what would not fit is left out, and said so.
  private static let limit = 900 * 1024

  /// Markdown for the file that `GITHUB_STEP_SUMMARY` names.
  package static func summary(of report: Report) -> String {
    let totals = TerminalReport(role: report.role).totals(of: report)
    var text = "## \(mark(report.verdict)) \(Markdown.text(report.protocolName)): "
    text += "your program is the \(Markdown.text(report.role))\n\n"
    text += Markdown.text(totals) + "  \n"
    text += "Seed \(String(report.seed, radix: 16)), \(Markdown.code(report.command))\n\n"
    for (index, problem) in report.problems.enumerated() {
      let section = self.section(problem, number: index + 1, of: report)
      guard text.utf8.count + section.utf8.count < limit else {
        text += "The other problems do not fit here; the other reports have them.\n\n"
        break
      }
      text += section
    }
    let table = self.table(of: report)
    return text.utf8.count + table.utf8.count < limit ? text + table : text
  }

  /// Lines for standard output, which GitHub shows beside the run: one for each cause.
  package static func annotations(of report: Report) -> [String] {
    report.problems.map { problem in
      let level =
        switch problem.verdict {
        case .fail, .error: "error"
        case .warn, .inconclusive: "warning"
        case .pass, .notRun: "notice"
        }
      let title = "\(problem.cause): \(problem.statement)"
      let tests = "Tests: " + problem.tests.joined(separator: ", ")
      let again = problem.again.isEmpty ? [] : ["Again: " + problem.again]
      let lines = problem.reasons + problem.advice + problem.hints + [tests] + again
      let message = lines.map { TerminalReport.visible($0) }.joined(separator: "\n")
      return "::\(level) title=\(property(title))::\(data(message))"
    }
  }

  private static func section(_ problem: Problem, number: Int, of report: Report) -> String {
    let points = TextLayout.count(problem.pointsLost, "point")
    let lines = TerminalReport(role: report.role).body(of: problem)
    let tests = problem.tests.map { Markdown.text($0) }.joined(separator: " ")
    return "### \(number). \(Markdown.text(problem.statement))\n\n"
      + "Cause \(Markdown.text(problem.cause)), \(points), tests: \(tests)\n\n"
      + Markdown.block(lines) + "\n"
  }

  private static func table(of report: Report) -> String {
    guard !report.tests.isEmpty else { return "" }
    var text = "| | Test | | Points |\n| --- | --- | --- | --- |\n"
    for test in report.tests {
      let remark = test.problem.map { "problem \($0 + 1)" } ?? test.remark
      text += "| \(mark(test.verdict)) | \(Markdown.text(test.id)) \(Markdown.text(test.title)) "
      text += "| \(Markdown.text(remark)) | \(test.earned)/\(test.points) |\n"
    }
    return text
  }

  /// A picture and a word.
  private static func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "✅ ok"
    case .warn: "⚠️ warn"
    case .inconclusive: "❔ maybe"
    case .fail: "❌ FAIL"
    case .error: "💥 ERROR"
    case .notRun: "➖ skip"
    }
  }

  /// Text as the message of a workflow command.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// Text as the value of a property of a workflow command.
  private static func property(_ text: String) -> String {
    data(TerminalReport.visible(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

/// Texts that Markdown takes as they are (CommonMark, and what GitHub adds to it).
private enum Markdown {
  /// On one line, with nothing in it that means something.
  static func text(_ text: String) -> String {
    var result = ""
    for character in TerminalReport.visible(text) {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      // GitHub would tell a user of that name, and link a number to an issue.
      case "@", "#": result += "\(character)<!-- -->"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "|", "!", "~", "$", "+", "-":
        result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  static func code(_ text: String) -> String {
    let text = TerminalReport.visible(text)
    let fence = String(repeating: "`", count: longestFence(in: [text]) + 1)
    return "\(fence) \(text) \(fence)"
  }

  static func block(_ lines: [String]) -> String {
    let fence = String(repeating: "`", count: max(3, longestFence(in: lines) + 1))
    return "\(fence)text\n\(lines.joined(separator: "\n"))\n\(fence)\n"
  }

  private static func longestFence(in lines: [String]) -> Int {
    var longest = 0
    for line in lines {
      var run = 0
      for byte in line.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return longest
  }
}
