// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("pnprun test: options")
struct TestOptionTests {
  /// The identifiers of the tests that are listed or shown, in their order.
  private func identifiers(_ output: String, marked: Bool = false) -> [String] {
    let pattern = marked ? /\s\s(?:ok|warn) +([A-Z]\d+) .*/ : /\s\s([A-Z]\d+) .*/
    return output.split(separator: "\n").compactMap {
      $0.wholeMatch(of: pattern).map { String($0.1) }
    }
  }

  @Test("--list shows the tests without starting anything")
  func list() throws {
    let outcome = try Pnprun.run(Trial.words("sum", ["--list"]))
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.hasPrefix("Examples\n  E1   six numbers   "))
    let points = outcome.output.matches(of: /\s([0-9]+) points?\n/)
      .compactMap { Int($0.1) }.dropLast().reduce(0, +)
    let tests = identifiers(outcome.output)
    #expect(tests.count > 20)
    #expect(outcome.output.hasSuffix("\n\(tests.count) tests, \(points) points\n"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test(
    "--only: an identifier, a group, a cause, in upper or lower case, and more of them",
    arguments: [
      (["e2"], ["E2"]), (["resources"], ["P1", "P2", "P3", "P4"]),
      (["c1"], (1...9).map { "N\($0)" }),
      (["E1", "N1"], ["E1", "N1"]), (["N1"], ["N1"]),
    ]
  )
  func only(names: [String], expected: [String]) throws {
    let options = names.flatMap { ["--only", $0] } + ["--list"]
    let outcome = try Pnprun.run(Trial.words("sum", options))
    #expect(identifiers(outcome.output) == expected)
  }

  @Test("results are shown in the order of the plan, however many programs run at once")
  func order() throws {
    let options = ["--only", "Examples", "--only", "Network", "--jobs", "4"]
    let listed = try Pnprun.run(Trial.words("sum", options + ["--list"])).output
    let outcome = try Trial.run("ok_threads", options)
    #expect(outcome.ending == .exit(0))
    #expect(identifiers(outcome.output, marked: true) == identifiers(listed))
  }

  @Test("--quiet shows the summary, --verbose the transcripts")
  func amount() throws {
    let quiet = try Trial.run("ok_threads", ["--only", "E2", "-q"]).output
    #expect(quiet.split(separator: "\n").count == 2)
    let verbose = try Trial.run("ok_threads", ["--only", "E2", "-v"]).output
    #expect(verbose.contains("  server  0\\n\n"))
  }

  @Test("--json is the report and nothing else")
  func json() throws {
    struct Report: Decodable {
      struct Test: Decodable { var id: String }
      struct Problem: Decodable { var cause: String, again: String }
      var seed: String
      var verdict: String
      var points: Int
      var earned: Int
      var tests: [Test]
      var problems: [Problem]
    }
    let outcome = try Trial.run("v7_format", ["--only", "E1", "--json", "--set", "interval=1"])
    #expect(outcome.ending == .exit(2))
    let failed = try Trial.run("v7_format", ["--only", "E1", "--json", "--seed", "00AB"])
    #expect(failed.ending == .exit(1))
    let report = try JSONDecoder().decode(Report.self, from: Data(failed.output.utf8))
    #expect(report.seed == "ab" && report.verdict == "fail")
    #expect(report.points == 2 && report.earned == 0)
    #expect(report.tests.map(\.id) == ["E1"] && report.problems.map(\.cause) == ["V7"])
    #expect(report.problems.first?.again.contains(" --only E1 --seed ab -- python3 ") == true)
  }

  @Test("--tap is a TAP document")
  func tap() throws {
    let outcome = try Trial.run("ok_threads", ["--only", "E1", "--tap"])
    #expect(outcome.output.hasPrefix("TAP version 14\n1..1\n"))
  }

  @Test("--role client tests a client, --framing chunk one of the lecture's style")
  func client() throws {
    let client = [
      "--", "python3", "\(Product.root)/Tests/Programs/sum/client_chunk.py", "{host}", "{port}",
    ]
    let words = ["--role", "client", "--framing", "chunk", "--only", "E1"]
    let outcome = try Pnprun.run(Trial.words("sum", words + client))
    #expect(outcome.output.contains("your program is the CLIENT"))
    #expect(outcome.output.contains("left out: messages in pieces"))
  }

  @Test("--framing chunk changes nothing over UDP, where each datagram is one")
  func chunksOverUDP() throws {
    let server = [
      "--", "python3", "\(Product.root)/Tests/Programs/udpopenport/addresses.py", "{port}",
    ]
    let words = ["--framing", "chunk", "--only", "E1"]
    let outcome = try Pnprun.run(Trial.words("udpopenport", words + server))
    #expect(outcome.ending == .exit(0))
    #expect(!outcome.output.contains("left out"))
  }

  @Test("--target tests a running server; tests that would start it are left out, and that is said")
  func target() throws {
    let server = try Server("sum")
    let outcome = try Pnprun.run(
      Trial.words("sum", ["--target", "127.0.0.1:\(server.port)", "--only", "E1"])
    )
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.contains("127.0.0.1:\(server.port)   already running"))
    let note = "left out: 4 tests that start the program themselves or measure it"
    #expect(outcome.output.contains(note))
  }

  @Test("grading: gives the tests that it names their points, and the others none")
  func grading() throws {
    let folder = try Scratch()
    let text = try contents(of: Product.specification("sync"))
    let path = try folder.file(
      "sync.yaml",
      text + """

        grading:
          - run: split
            points: 5
            hint: Collect what recv() returns until there is a newline in it.
          - run: slow
            points: 7

        """
    )
    let list = try Pnprun.run(["test", path, "--list"]).output
    #expect(list.hasSuffix(" tests, 5 points\n"))
    let outcome = try Pnprun.run(
      ["test", path, "--only", "Network"] + Trial.command("sync/f1_recv")
    )
    #expect(outcome.ending == .exit(1))
    #expect(
      outcome.output.contains("  Hint   Collect what recv() returns until there is a newline")
    )
    let note = "`grading:` has points for `slow`, but this role has no such test"
    #expect(outcome.output.replacing("\n         ", with: " ").contains(note))
  }
}
