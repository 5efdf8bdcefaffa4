// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("pnprun test: reports")
struct TestReportTests {
  @Test("all files are written, with the same result")
  func files() throws {
    let folder = try Scratch()
    let (junit, gradescope) = (folder.file("junit.xml"), folder.file("results.json"))
    let (classroom, html) = (folder.file("result.json"), folder.file("page/index.html"))
    let names = ["CLASSROOM", "ASSIGNMENT", "OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"]
    let outcome = try Trial.run(
      "v7_format",
      [
        "--only", "E1", "--junit", junit, "--gradescope", gradescope, "--classroom50", classroom,
        "--html", "\(folder.path)/page",
      ],
      environment: Dictionary(uniqueKeysWithValues: names.map { ($0, "x") })
    )
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output.hasSuffix("Report: \(html)\n"))
    #expect(try contents(of: junit).contains("failures=\"1\""))
    #expect(try contents(of: html).hasPrefix("<!DOCTYPE html>"))
    struct Gradescope: Decodable { var tests: [Score], score: Double? }
    struct Score: Decodable { var score: Double, max_score: Double }
    let scores = try JSONDecoder().decode(
      Gradescope.self,
      from: Data(contents(of: gradescope).utf8)
    )
    #expect(scores.tests.map(\.score) == [0] && scores.tests.map(\.max_score) == [2])
    #expect(try contents(of: classroom).contains("\"score\": 0"))
    try FileManager.default.removeItem(atPath: "\(folder.path)/page")
  }

  @Test("files are there before the program starts, without points")
  func before() throws {
    let folder = try Scratch()
    let report = folder.file("results.json")
    let copy = folder.file("copy.json")
    let program = try folder.file(
      "server.py",
      "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
    )
    let outcome = try Pnprun.run(
      Trial.words(
        "sum",
        ["--gradescope", report, "--only", "E1", "--", "python3", program, report, copy]
      )
    )
    #expect(outcome.ending == .exit(3))
    #expect(try contents(of: copy).contains("\"score\": 0"))
    #expect(try contents(of: report).contains("\"score\": 0"))
  }

  @Test("GitHub gets a summary and annotations, and takes no command from the program")
  func gitHub() throws {
    let folder = try Scratch()
    let summary = folder.file("summary.md")
    let outcome = try Trial.run(
      "v7_format",
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary]
    )
    #expect(outcome.ending == .exit(1))
    let lines = outcome.output.split(separator: "\n")
    let token = try #require(lines.first?.wholeMatch(of: /::stop-commands::(pnprun-[0-9a-f]+)/))
    let end = try #require(lines.firstIndex(of: "::\(token.1)::"))
    #expect(lines[(end + 1)...].allSatisfy { $0.hasPrefix("::error title=V7") })
    #expect(lines.count == end + 2)
    #expect(try contents(of: summary).contains("### 1. Your server sends the right value"))
  }

  @Test("nobody reads the output: no crash, and the same status")
  func closedOutput() throws {
    let process = try ChildProcess(
      Product.pnprun,
      Trial.words("sum", ["--only", "E1"]) + Trial.command("sum/ok_threads"),
      .closedOutput
    )
    #expect(try process.wait() == .exit(0))
    #expect(process.errors.text == "")
  }

  @Test("on a terminal, a line shows what goes on after two seconds")
  func progress() throws {
    let folder = try Scratch()
    let program = try folder.file(
      "server.py",
      "import os, sys, time; time.sleep(2.5); os.execvp('python3', ['python3', *sys.argv[1:]])"
    )
    let process = try ChildProcess(
      Product.pnprun,
      Trial.words("sum", ["--only", "E1", "--", "python3", program])
        + Trial.command("sum/ok_threads").dropFirst(2),
      .terminal,
      environment: ["TERM": "xterm", "NO_COLOR": "1"]
    )
    try process.output.line(with: "  0 of 1 tests done, now: starting")
    process.send(signal: SIGINT)
    #expect(try process.wait() == .exit(130))
    #expect(process.output.text.contains("\r\u{1B}[K"))
    #expect(!process.output.text.contains("\u{1B}[3"))
  }
}
