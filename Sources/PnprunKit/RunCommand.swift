// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Engine
import ProtocolSpec

/// The command `pnprun SPEC --role ROLE`.
struct RunCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Plays a role of a protocol over the network (the default command).",
    discussion: """
      A role that connects asks its questions on the terminal, or reads the answers
      from a pipe, a line each. Servers listen on 127.0.0.1 unless --host says
      otherwise.

      EXAMPLES
        pnprun protocols/bingo.yaml --role server --set interval=2s
        pnprun protocols/letstalk.yaml --role client --port 9000
        printf '125\\n351\\n' | pnprun protocols/simplecalc.yaml --role client
        pnprun protocols/sync.yaml --role server --framing chunk --sessions 1
        pnprun protocols/sum.yaml --role server --framing 'delimiter ;' --trace
        pnprun protocols/sum.yaml --role server --fault 'split 1..3, delay 5ms'
      """
  )

  @Argument(
    help: "The specification, a YAML file.",
    completion: .file(extensions: ["yaml"])
  )
  var spec: String

  @Option(name: .shortAndLong, help: "The role to play, such as server or client.")
  var role: String?

  @Option(
    help: "The address to listen on or to connect to, or a group; 127.0.0.1 unless it is a group."
  )
  var host: String?

  @Option(
    name: .shortAndLong,
    help: "The port, instead of the specification's; 0 picks a free one."
  )
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "Over UDP, the own port of a role that is the equal of the other side.",
      valueName: "port"
    )
  )
  var listen: UInt16?

  @Option(
    help: ArgumentHelp("The network interface for a group, such as eth0 or lo.", valueName: "name")
  )
  var interface: String?

  @Option(
    help: ArgumentHelp("A unix socket instead of host and port.", valueName: "path"),
    completion: .file()
  )
  var unix: String?

  @Option(
    help: ArgumentHelp(
      "How messages end, instead of the specification's framing: line, chunk, close, "
        + "'delimiter #', 'length u16', 'length varint', 'length digits : ,', 'size 128', "
        + "'headers Content-Length'.",
      valueName: "framing"
    )
  )
  var framing: String?

  @Option(
    help: ArgumentHelp(
      "The pause between two messages on one connection, such as 50ms; chunk framing has 50ms.",
      valueName: "duration"
    )
  )
  var pace: String?

  @Option(
    help: ArgumentHelp(
      "Faults on purpose in what is sent: 'loss 10%, duplicate 5%, reorder 5%, delay 20ms±10ms' "
        + "over UDP, 'split 1..7, delay 5ms, reset after 3' over TCP, or some of these.",
      valueName: "faults"
    )
  )
  var fault: String?

  @Option(
    help: ArgumentHelp(
      "Another value for a setting of the specification; may be given several times.",
      valueName: "name=value"
    )
  )
  var set: [String] = []

  @Option(help: "The seed of everything that is chosen at random.")
  var seed: UInt64?

  @Option(help: ArgumentHelp("End after that many sessions.", valueName: "count"))
  var sessions: Int?

  @Option(
    help: ArgumentHelp(
      "How to wait for many sockets: \(SelectorKind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "selector"
    )
  )
  var selector = SelectorKind.epoll

  @Flag(name: .shortAndLong, help: "Do not show what the role prints.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Show every message on standard error: --trace for people, --trace=json for programs.",
      valueName: "format"
    )
  )
  var trace: TraceFormat?

  func validate() throws {
    if let sessions, sessions < 1 {
      throw ValidationError("--sessions needs a number from 1.")
    }
    if let unix, unix.isEmpty { throw ValidationError("--unix needs a path.") }
  }

  func run(hooks: HookRegistry) -> ExitStatus {
    do throws(Refusal) {
      return try Performance(self, hooks: hooks).run()
    } catch {
      Terminal.report(error.text)
      return error.status
    }
  }
}

extension SelectorKind: ExpressibleByArgument {}
extension TraceFormat: ExpressibleByArgument {}

/// Why a command cannot do its work, and what the process ends with.
struct Refusal: Error {
  let text: String
  let status: ExitStatus

  /// A refusal in one line.
  init(_ line: String, _ status: ExitStatus) {
    text = "pnprun: \(line)"
    self.status = status
  }

  /// The mistakes of a specification, as rendered.
  init(rendered: String) {
    text = rendered
    status = .usage
  }
}
