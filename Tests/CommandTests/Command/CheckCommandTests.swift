// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@Suite("pnprun check")
struct CheckCommandTests {
  private static let right = """
    pnprun: 1
    protocol: greeting
    framing: line
    messages:
      hello: "hello"
    roles:
      server:
        steps:
          - expect: hello
      client:
        steps:
          - send: hello
    examples:
      a greeting:
        transcript: |
          > hello
          server closes

    """
  private static let wrong = right.replacing("expect: hello", with: "expect: helo")

  @Test("a specification that is right: status 0 and one line for each")
  func right() throws {
    let folder = try Scratch()
    let paths = [try folder.file("a.yaml", Self.right), try folder.file("b.yaml", Self.right)]
    let outcome = try Pnprun.run(["check"] + paths)
    #expect(outcome.ending == .exit(0))
    let lines = paths.map { "ok  \($0)  (4 runs of its examples)\n" }
    #expect(outcome.output == lines.joined())
    #expect(outcome.errors == "")
  }

  @Test("a mistake: status 1, its place, and the other files are checked too")
  func wrong() throws {
    let folder = try Scratch()
    let wrong = try folder.file("a.yaml", Self.wrong)
    let right = try folder.file("b.yaml", Self.right)
    let outcome = try Pnprun.run(["check", wrong, right])
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output == "ok  \(right)  (4 runs of its examples)\n")
    #expect(outcome.errors.hasPrefix("error: unknown message `helo`\n  --> \(wrong):9:17\n"))
  }

  @Test("an example that does not hold: status 1")
  func example() throws {
    let folder = try Scratch()
    let path = try folder.file("a.yaml", Self.right.replacing("> hello", with: "> goodbye"))
    let outcome = try Pnprun.run(["check", path])
    #expect(outcome.ending == .exit(1))
    #expect(outcome.errors.contains("--> \(path):16:7\n"))
    #expect(outcome.output == "")
  }

  @Test("a directory stands for the specifications in it, in order")
  func directory() throws {
    let folder = try Scratch()
    for name in ["b.yaml", "a.yaml"] { _ = try folder.file(name, Self.right) }
    _ = try folder.file("notes.txt", "no specification")
    let outcome = try Pnprun.run(["check", folder.path])
    #expect(outcome.ending == .exit(0))
    let lines = ["a", "b"].map { "ok  \(folder.path)/\($0).yaml  (4 runs of its examples)\n" }
    #expect(outcome.output == lines.joined())
  }

  @Test("the shipped protocols are right")
  func shipped() throws {
    let outcome = try Pnprun.run(["check", "\(Product.root)/protocols", "--quiet"])
    #expect(outcome == Pnprun.Outcome(ending: .exit(0), output: "", errors: ""))
  }

  @Test("a file that cannot be read: status 2")
  func missing() throws {
    let outcome = try Pnprun.run(["check", "no/such.yaml"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: cannot read no/such.yaml: there is no such file\n")
  }

  @Test("a directory without specifications: status 2")
  func emptyDirectory() throws {
    let folder = try Scratch()
    let outcome = try Pnprun.run(["check", folder.path])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: \(folder.path) holds no .yaml file\n")
  }

  @Test("mistakes are coloured on a terminal only, and not with NO_COLOR")
  func colours() throws {
    let folder = try Scratch()
    let path = try folder.file("a.yaml", Self.wrong)
    let coloured = try onTerminal(path, ["TERM": "xterm"])
    let plain = try onTerminal(path, ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(coloured.contains("\u{1B}["))
    #expect(!plain.contains("\u{1B}"))
    #expect(try Pnprun.run(["check", path], environment: ["TERM": "xterm"]).errors == plain)
    #expect(try onTerminal(path, ["TERM": "dumb"]) == plain)
  }

  private func onTerminal(_ path: String, _ environment: [String: String]) throws -> String {
    let process = try ChildProcess(
      Product.pnprun,
      ["check", path],
      .wholeTerminal,
      environment: environment
    )
    #expect(try process.wait() == .exit(1))
    return process.output.text
  }
}
