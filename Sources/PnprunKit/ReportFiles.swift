// SPDX-License-Identifier: Apache-2.0
import Conformance
import Glibc

/// All that is written about one run of tests: to files, to standard output, and to GitHub.
struct ReportFiles: Sendable {
  /// What standard output gets.
  enum Output: Sendable {
    case lines(TerminalReport.Mode)
    case json
    case tap
  }

  let output: Output
  /// The page for the browser, when there is one.
  let page: String
  /// Where the job of GitHub shows a summary.
  private let summary: ReportFile?
  /// Whether standard output is read by GitHub, line by line.
  let isWorkflow: Bool
  private let files: [(file: ReportFile, text: @Sendable (Report) -> String)]

  /// - Throws: When what a format needs is missing.
  init(_ options: ReportOptions) throws(Refusal) {
    let environment = Terminal.environment
    isWorkflow = environment["GITHUB_ACTIONS"] == "true"
    summary = environment["GITHUB_STEP_SUMMARY"].flatMap {
      $0.isEmpty ? nil : ReportFile(path: $0)
    }
    if options.json {
      output = .json
    } else if options.tap {
      output = .tap
    } else {
      output = .lines(options.quiet ? .quiet : options.verbose ? .verbose : .normal)
    }
    var files: [(file: ReportFile, text: @Sendable (Report) -> String)] = []
    if let path = options.junit {
      files.append((ReportFile(path: path), { JUnitReport.text(of: $0) }))
    }
    if let path = options.gradescope {
      files.append((ReportFile(path: path), { GradescopeReport.text(of: $0) }))
    }
    if let path = options.classroom50 {
      let writer = try Self.classroom50(environment)
      files.append((ReportFile(path: path), writer))
    }
    if let folder = options.html {
      do throws(FileProblem) { try Files.makeDirectory(folder) } catch {
        throw Refusal(error.message, .usage)
      }
      page = folder.hasSuffix("/") ? folder + "index.html" : folder + "/index.html"
      files.append((ReportFile(path: page), { HTMLReport.page(of: $0) }))
    } else {
      page = ""
    }
    self.files = files
  }

  private static func classroom50(
    _ environment: [String: String]
  ) throws(Refusal) -> @Sendable (Report) -> String {
    let empty = Report(protocolName: "", specification: "", role: "", seed: 0, command: "")
    do throws(Classroom50Report.MissingVariables) {
      _ = try Classroom50Report.text(of: empty, environment: environment, now: time(nil))
    } catch {
      throw Refusal("--classroom50: \(error.message)", .usage)
    }
    return { report in
      // What it needs is there, as was just seen.
      let text = try? Classroom50Report.text(of: report, environment: environment, now: time(nil))
      return text ?? ""
    }
  }

  /// Writes all files anew.
  func write(_ report: Report) throws(FileProblem) {
    for (file, text) in files { try file.write(text(report)) }
  }

  /// Tells GitHub of the end, if it listens.
  func conclude(_ report: Report) throws(FileProblem) {
    if isWorkflow {
      for line in GitHubReport.annotations(of: report) {
        // Standard output is a document where it is no text for people.
        if case .lines = output { Terminal.print(line) } else { Terminal.report(line) }
      }
    }
    try summary?.append(GitHubReport.summary(of: report))
  }
}
