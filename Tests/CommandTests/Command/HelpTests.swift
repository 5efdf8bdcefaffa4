// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("help")
struct HelpTests {
  @Test("--version")
  func version() throws {
    let outcome = try Pnprun.run(["--version"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.wholeMatch(of: /pnprun \d+\.\d+\.\d+\n/) != nil)
    #expect(outcome.errors == "")
  }

  @Test(
    "--help shows examples and the exit statuses, within 80 columns",
    arguments: [
      ["--help"], ["run", "--help"], ["check", "--help"], ["test", "--help"], ["judge", "--help"],
    ]
  )
  func help(arguments: [String]) throws {
    let outcome = try Pnprun.run(arguments)
    #expect(outcome.ending == .exit(0))
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("EXAMPLES\n  pnprun "))
    #expect(outcome.output.contains("USAGE: pnprun "))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("without arguments, the help and status 2")
  func nothing() throws {
    let outcome = try Pnprun.run([])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("USAGE: pnprun <subcommand>"))
  }

  @Test("the completion script is one that bash understands")
  func completion() throws {
    let outcome = try Pnprun.run(["--generate-completion-script", "bash"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.contains("--framing"))
    let bash = try ChildProcess(try Product.tool("bash"), ["-n"])
    try bash.type(outcome.output)
    bash.closeInput()
    #expect(try bash.wait() == .exit(0))
    #expect(bash.errors.text == "")
  }

  @Test(
    "bash completes commands, and options whether `run` is written or not",
    arguments: [
      (["ch"], "check"),
      (["run", "a.yaml", "--ro"], "--role"),
      (["a.yaml", "--ro"], "--role"),
      (["a.yaml", "--selector", "ep"], "epoll"),
      (["check", "--qu"], "--quiet"),
      (["te"], "test"),
      (["test", "a.yaml", "--ju"], "--junit"),
    ]
  )
  func completes(words: [String], completion: String) throws {
    let script = try Pnprun.run(["--generate-completion-script", "bash"]).output
    let last = words.count
    let current = words[last - 1]
    let previous = last > 1 ? words[last - 2] : "pnprun"
    let bash = try ChildProcess(try Product.tool("bash"), [])
    try bash.type(
      """
      \(script)
      COMP_WORDS=(pnprun \(words.joined(separator: " "))) COMP_CWORD=\(last)
      COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
      function=$(complete -p pnprun | sed 's/.*-F //; s/ .*//')
      $function pnprun '\(current)' '\(previous)'
      echo "${COMPREPLY[*]}"

      """
    )
    bash.closeInput()
    #expect(try bash.wait() == .exit(0))
    #expect(bash.errors.text == "")
    #expect(bash.output.text == completion + "\n")
  }
}
