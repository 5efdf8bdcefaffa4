// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import ProtocolSpec

/// What `pnprun test` was told, understood before anything is started.
struct TestSetup {
  let command: TestCommand
  private let assignment: Assignment
  private let options: ExaminationOptions

  init(_ command: TestCommand, _ hooks: HookRegistry) throws(Refusal) {
    self.command = command
    let choice = RoleChoice(
      path: command.spec,
      settings: command.set,
      role: command.role,
      framing: command.framing
    )
    let spec = try choice.spec(hooks)
    let index = try choice.roleOrServer(in: spec.spec)
    let framing = try choice.framing(in: spec.spec)
    let role = spec.spec.roles[index]
    try Self.checkReach(spec.spec, role)
    assignment = Assignment(
      spec: spec,
      program: Compiler.compile(spec, roleIndex: index, framing: framing, hooks: hooks),
      command: command.command,
      target: try Self.target(command, role),
      limits: try Self.limits(command.bounds),
      isConfined: command.bounds.sandbox
    )
    var options = ExaminationOptions(seed: try Self.seed(command.seed))
    options.only = command.only
    options.jobs = command.jobs
    options.specification = command.spec
    options.arguments = command.set.flatMap { ["--set", $0] }
    if let framing = command.framing { options.arguments += ["--framing", framing] }
    self.options = options
    try checkSelection()
  }

  // MARK: - Understanding the command line

  private static func target(
    _ command: TestCommand,
    _ role: Role
  ) throws(Refusal) -> SocketAddress? {
    guard let text = command.target else {
      guard command.command.isEmpty, !command.list else { return nil }
      let example = "pnprun test \(command.spec) -- python3 server.py {port}"
      throw Refusal("which program? write its command after `--`, as in `\(example)`", .usage)
    }
    guard command.command.isEmpty else {
      throw Refusal("--target is instead of a command: leave one of them out", .usage)
    }
    guard !role.connects else {
      throw Refusal("--target: a \(role.name.text) connects to us, write its command", .usage)
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
      port > 0
    else { throw Refusal("--target \(text): write host:port, as in 127.0.0.1:8005", .usage) }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    let name = host.isEmpty ? "127.0.0.1" : String(host)
    do throws(ResolveError) {
      return try SocketAddress.resolve(name, port: port).first
    } catch {
      throw Refusal("--target: \(error)", .usage)
    }
  }

  /// A program is judged by what it says to us alone.
  private static func checkReach(_ spec: Spec, _ role: Role) throws(Refusal) {
    guard spec.multicast != nil else { return }
    let other = spec.roles.first { $0.name.text != role.name.text } ?? role
    throw Refusal(
      "the \(role.name.text) works with a group of receivers, which cannot be tested: "
        + "run the \(other.name.text) against it, with --role \(other.name.text)",
      .usage
    )
  }

  private static func seed(_ text: String?) throws(Refusal) -> UInt64 {
    guard let text else { return UInt64.random(in: 1...0xFF_FFFF) }
    guard let seed = UInt64(text, radix: 16) else {
      throw Refusal("--seed \(text): write up to 16 hexadecimal digits, such as 4f7a91", .usage)
    }
    return seed
  }

  private static func limits(_ bounds: TestBounds) throws(Refusal) -> ProgramLimits {
    var limits = ProgramLimits()
    if let text = bounds.memory {
      let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
      guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
        let number = Int(text.dropLast(unit.count)), (1...1 << 20).contains(number)
      else { throw Refusal("--memory \(text): write a size such as 512MiB", .usage) }
      limits.residentBytes = number * factor
    }
    if let text = bounds.timeLimit {
      guard let seconds = DurationText.seconds(text), seconds >= 1 else {
        throw Refusal("--time-limit \(text): write a duration such as 30s or 5m", .usage)
      }
      limits.wallSeconds = Int(seconds.rounded(.up))
    }
    return limits
  }

  private func checkSelection() throws(Refusal) {
    let examination = Examination(assignment, options) { _ in }
    if let unmatched = examination.unmatched {
      throw Refusal("--only \(unmatched.name): there is no such test; \(unmatched.advice)", .usage)
    }
    let points = examination.report.points
    if let least = command.minPoints, least > points {
      throw Refusal("--min-points \(least): there are only \(points) points to earn", .usage)
    }
  }

  // MARK: - Running

  /// Shows the tests.
  func list() -> ExitStatus {
    let report = Examination(assignment, options) { _ in }.report
    let text = TerminalReport(role: report.role, colour: Terminal.printsInColour)
    for line in text.catalogue(of: report) { Terminal.print(line) }
    return .success
  }

  /// Runs the tests, again and again where that is wanted.
  func run() throws(Refusal) -> ExitStatus {
    let files = try ReportFiles(command.reports)
    if command.bounds.sandbox {
      do throws(SandboxError) {
        try Sandbox.enter(arguments: Array(CommandLine.arguments.dropFirst()))
      } catch {
        throw Refusal("\(error)", .usage)
      }
    }
    let supervisor = Supervisor()
    guard command.watch else { return try session(files).run(supervisor) }
    let watch = FileWatch([command.spec] + command.command)
    while true {
      let named = watch.named
      _ = try session(files).run(supervisor)
      let changed = watch.waitForChange(since: named)
      Terminal.print("\n-- \(changed) has changed " + String(repeating: "-", count: 40) + "\n")
    }
  }

  private func session(_ files: ReportFiles) -> TestSession {
    TestSession(assignment, options, files, demands: .init(command))
  }
}
