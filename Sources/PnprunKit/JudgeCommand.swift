// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Conformance
import Engine
import ProtocolSpec

/// The command `pnprun judge SPEC RECORDING`.
struct JudgeCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Says whether a recorded conversation is what the protocol allows.",
    usage: "pnprun judge [<options>] <spec> <recording>",
    discussion: """
      A role records what it receives and sends with --trace=json, on standard error;
      it is judged itself, not the other side.

      EXAMPLES
        pnprun protocols/sum.yaml --role server --trace=json 2> trace.json
        pnprun judge protocols/sum.yaml trace.json
        pnprun judge protocols/sum.yaml client.json --role client

      EXIT STATUS
        0 everything was allowed
        1 the role left the protocol
        2 the command line, the specification or the recording is wrong
        4 there are too many possibilities to decide it
      """
  )

  @Argument(help: "The specification, a YAML file.", completion: .file(extensions: ["yaml"]))
  var spec: String

  @Argument(
    help: "The recording, an object a line.",
    completion: .file(extensions: ["json", "jsonl"])
  )
  var recording: String

  @Option(
    name: .shortAndLong,
    help: "The role that recorded it; the one that does not connect unless told otherwise."
  )
  var role: String?

  @Option(
    help: ArgumentHelp("The framing, where it was another one.", valueName: "framing")
  )
  var framing: String?

  @Option(
    help: ArgumentHelp(
      "The value that a setting had; may be given several times.",
      valueName: "name=value"
    )
  )
  var set: [String] = []

  /// Bytes of the largest recording that is read.
  private static let limit = 256 << 20

  func run(hooks: HookRegistry) -> ExitStatus {
    do throws(Refusal) {
      let choice = RoleChoice(path: spec, settings: set, role: role, framing: framing)
      let spec = try choice.spec(hooks)
      let index = try choice.roleOrServer(in: spec.spec)
      var framing = try choice.framing(in: spec.spec)
      // A recording shows which chunks there were, as datagrams have borders.
      if framing ?? spec.spec.framing == .chunk { framing = .datagram }
      let program = Compiler.compile(spec, roleIndex: index, framing: framing, hooks: hooks)
      guard RecordingJudge.canJudge(program) else {
        let name = program.role.name.text
        throw Refusal("the \(name) tells the time, which a recording does not show", .usage)
      }
      return show(RecordingJudge.outcome(of: try read(), program), program)
    } catch {
      Terminal.report(error.text)
      return error.status
    }
  }

  private func read() throws(Refusal) -> Recording {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try Files.bytes(recording, limit: Self.limit)
    } catch {
      throw Refusal(error.message, .usage)
    }
    guard bytes.count <= Self.limit else {
      throw Refusal("\(recording) has more than \(Self.limit >> 20) MiB", .usage)
    }
    do throws(RecordingProblem) {
      return try Recording(bytes)
    } catch {
      throw Refusal("\(recording):\(error.line): \(error.message)", .usage)
    }
  }

  private func show(_ outcome: RecordingJudge.Outcome, _ program: Program) -> ExitStatus {
    let role = program.role.name.text
    switch outcome {
    case .allowed(let sessions, let messages, let isOwing):
      let count = "sessions: \(sessions), messages: \(messages)"
      Terminal.print("ok  \(recording)  (\(count), all as the protocol allows the \(role))")
      if isOwing { Terminal.print("    at its end, something was still due from the \(role)") }
      return .success
    case .undecided(let line):
      Terminal.print("undecided  \(recording):\(line)  (there are too many possibilities)")
      return .undecided
    case .left(let fault):
      Terminal.print("\(recording):\(fault.line): here the \(role) leaves the protocol")
      let text = TerminalReport(role: role, colour: Terminal.printsInColour)
      for line in text.lines(for: fault) { Terminal.print(line) }
      return .failure
    }
  }
}
