// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("pnprun test: how it ends, and what is left")
struct TestEndingTests {
  @Test(
    "interrupted: it ends at once, says so, and leaves no process",
    arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))]
  )
  func interrupted(signal: Int32, status: Int32) throws {
    let folder = try Scratch()
    let report = folder.file("results.json")
    let mark = UUID().uuidString
    let process = try ChildProcess(
      Product.pnprun,
      Trial.words("sync", ["--gradescope", report])
        + Trial.command("hostile/ignores_term", [mark])
    )
    try process.output.line(with: "127.0.0.1:")
    process.send(signal: signal)
    let start = ContinuousClock.now
    #expect(try process.wait() == .exit(status))
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(process.output.text.contains("interrupted after "))
    #expect(try contents(of: report).contains("interrupted after "))
    #expect(Trial.processes(with: mark) == [])
  }

  @Test(
    "hostile programs: the run ends in time, with the right words, and nothing is left",
    arguments: [
      ("connects_to_others", Int32(1), "[D7]"), ("control_characters", 1, "\\x1b[2J\\x1b[31mred"),
      ("daemon_beside_server", 1, "[D7]"), ("daemon_keeps_port", 1, "ends: exit status 0"),
      ("floods_stdout", 1, "[D7]"), ("forks", 1, "[D7]"), ("ignores_term", 1, "[D7]"),
      ("wrong_port", 3, "[S2]"),
    ]
  )
  func hostile(program: String, status: Int32, words: String) throws {
    let (outcome, left) = try run(program, [])
    #expect(outcome.ending == .exit(status))
    #expect(outcome.output.contains(words), "\(outcome.output)")
    #expect(outcome.output.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    #expect(left == [])
  }

  @Test("--memory ends a program that takes more, before it is ready or later")
  func memory() throws {
    let (outcome, left) = try run("fills_memory", ["--memory", "100MiB"])
    #expect([.exit(1), .exit(3), .exit(4)].contains(outcome.ending))
    #expect(outcome.output.contains("stopped because it used too much"), "\(outcome.output)")
    #expect(left == [])
  }

  /// Tests a hostile program with one example; returns the processes that are left, too.
  private func run(_ program: String, _ options: [String]) throws -> (Pnprun.Outcome, [String]) {
    let mark = UUID().uuidString
    let outcome = try Pnprun.run(
      Trial.words("sync", ["--only", "E1"] + options)
        + Trial.command("hostile/\(program)", [mark])
    )
    return (outcome, Trial.processes(with: mark))
  }

  @Test("--time-limit ends a program that runs too long")
  func timeLimit() throws {
    let program = "import time; time.sleep(60)"
    let outcome = try Pnprun.run(
      Trial.words("sum", ["--only", "E1", "--time-limit", "1s", "--", "python3", "-c", program])
    )
    #expect(outcome.ending == .exit(3))
    #expect(outcome.output.contains("it ran too long"))
  }

  @Test("--sandbox: the program can write nothing")
  func sandbox() throws {
    let folder = try Scratch()
    let file = folder.file("written")
    let program = try folder.file(
      "server.py",
      """
      import os, sys
      try:
          open(sys.argv[1], "w")
      except OSError as error:
          print(error, file=sys.stderr)
      os.execvp("python3", ["python3", *sys.argv[2:]])
      """
    )
    let outcome = try Pnprun.run(
      Trial.words("sum", ["--only", "E1", "--sandbox", "--", "python3", program, file])
        + Trial.command("sum/ok_threads").dropFirst(2)
    )
    if outcome.ending == .exit(2), outcome.errors.hasPrefix("pnprun: no sandbox: ") {
      return print("this system permits no sandbox: \(outcome.errors)")
    }
    #expect(outcome.ending == .exit(0), "\(outcome)")
    #expect(access(file, F_OK) != 0)
  }

  @Test("--watch tests again when the program was changed, until it is interrupted")
  func watch() throws {
    let folder = try Scratch()
    let programs = "\(Product.root)/Tests/Programs/sum"
    let path = try folder.file("server.py", try contents(of: "\(programs)/v7_format.py"))
    let process = try ChildProcess(
      Product.pnprun,
      Trial.words("sum", ["--only", "E1", "-q", "--watch", "--", "python3", path, "{port}"])
    )
    try process.output.line(with: "0 of 2 points")
    _ = try folder.file("server.py", try contents(of: "\(programs)/ok_threads.py"))
    try process.output.line(with: "-- \(path) has changed ---")
    try process.output.line(with: "2 of 2 points")
    process.send(signal: SIGINT)
    #expect(try process.wait() == .exit(130))
  }
}
