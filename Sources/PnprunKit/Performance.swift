// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc
import ProtocolSpec

/// One run of a role: everything that the command line says, resolved step by step.
///
/// Nothing is opened before all of it has been understood.
struct Performance {
  let command: RunCommand
  let program: Program
  private var options = RoleRunner.Options()

  init(_ command: RunCommand, hooks: HookRegistry) throws(Refusal) {
    self.command = command
    let spec = try Self.load(command, hooks)
    let index = try Self.role(command.role, in: spec.spec, command.spec)
    let framing = try Self.framing(command.framing, spec.spec)
    try Self.checkTransport(command, spec.spec, spec.spec.roles[index])
    program = Compiler.compile(spec, roleIndex: index, framing: framing, hooks: hooks)
    options.sessions = command.sessions ?? program.role.sessions
    options.isQuiet = command.quiet
    options.trace = command.trace
    options.seed = command.seed ?? UInt64.random(in: 0...UInt64.max)
    options.faults = try Self.faults(command.fault, spec.spec.transport)
    options.paceSeconds = try Self.pace(command.pace, program.framing)
  }

  // MARK: - Understanding the command line

  private static func load(
    _ command: RunCommand,
    _ hooks: HookRegistry
  ) throws(Refusal) -> ValidatedSpec {
    let file: SourceFile
    do throws(FileProblem) {
      file = try Files.source(command.spec)
    } catch {
      throw Refusal(error.message, .usage)
    }
    var overrides: [(name: String, text: String)] = []
    for text in command.set {
      guard let equals = text.firstIndex(of: "=") else {
        throw Refusal("--set \(text): write name=value", .usage)
      }
      overrides.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
    }
    var diagnostics = Diagnostics()
    let loaded: ValidatedSpec?
    do throws(SettingProblem) {
      loaded = try SpecLoader.load(file: file, overrides: overrides, into: &diagnostics)
    } catch {
      throw Refusal(error.message, .usage)
    }
    if let spec = loaded {
      for problem in hooks.mismatches(with: spec.spec) { diagnostics.add(problem) }
    }
    guard let spec = loaded, !diagnostics.hasErrors else {
      let renderer = DiagnosticRenderer(file: file, colour: Terminal.reportsInColour)
      throw Refusal(rendered: renderer.render(diagnostics))
    }
    return spec
  }

  private static func role(
    _ name: String?,
    in spec: Spec,
    _ path: String
  ) throws(Refusal) -> Int {
    let names = spec.roles.map(\.name.text)
    let list = names.joined(separator: ", ")
    guard let name else {
      throw Refusal("which role? add --role and one of: \(list)", .usage)
    }
    if let index = names.firstIndex(of: name) { return index }
    throw Refusal("\(path) has no role \(name); its roles are: \(list)", .usage)
  }

  private static func framing(_ text: String?, _ spec: Spec) throws(Refusal) -> Framing? {
    guard let text else { return nil }
    let framing: Framing
    do throws(FramingProblem) {
      framing = try Framing(commandLine: text)
    } catch {
      throw Refusal("--framing \(text): \(error.message)", .usage)
    }
    switch (spec.framing.hasHeaders, framing.hasHeaders) {
    case (true, false):
      throw Refusal("--framing \(text): the messages of this file need their header lines", .usage)
    case (false, true):
      throw Refusal("--framing \(text): the messages of this file have no header lines", .usage)
    default: return framing
    }
  }

  /// Without framing a receiver tells messages apart by the pauses between them.
  private static func pace(_ text: String?, _ framing: Framing) throws(Refusal) -> Double {
    guard let text else { return framing == .chunk ? 0.05 : 0 }
    guard let seconds = DurationText.seconds(text) else {
      throw Refusal("--pace \(text): write a duration such as 50ms or 1s", .usage)
    }
    return seconds
  }

  private static func faults(
    _ text: String?,
    _ transport: Spec.Transport
  ) throws(Refusal) -> FaultPlan? {
    guard let text else { return nil }
    do throws(FaultProblem) {
      return try FaultPlan(commandLine: text, isDatagram: transport == .udp)
    } catch {
      throw Refusal("--fault \(error.message)", .usage)
    }
  }

  // MARK: - Running

  func run() throws(Refusal) -> ExitStatus {
    var limits = LoopIO.Limits()
    limits.inputBytes = max(limits.inputBytes, 2 * program.limits.messageBytes)
    limits.outputBytes = program.limits.outputBytes
    if let bytes = program.limits.datagramBytes { limits.datagramBytes = bytes }
    if let sessions = program.limits.sessions { limits.datagramPeers = sessions }
    var loop: EventLoop<RoleRunner>
    do throws(SelectorError) {
      loop = try EventLoop(
        selector: command.selector,
        signals: [SIGINT, SIGTERM],
        limits: limits
      )
    } catch {
      throw Refusal("cannot start: \(error)", .failure)
    }
    var runner = RoleRunner(program, options, console: Console(), now: loop.io.now)
    if program.framing == .datagram {
      try exchangeDatagrams(&runner, &loop.io)
    } else if program.role.connects {
      try connect(&runner, &loop.io)
    } else {
      try listen(&runner, &loop.io)
    }
    if options.faults != nil, command.seed == nil, !command.quiet {
      Terminal.report("pnprun: --seed \(options.seed) repeats these faults")
    }
    runner.startBackground(&loop.io)
    loop.run(&runner)
    if let signal = runner.outcome.signal { return .signal(signal) }
    if runner.outcome.hasLostPort { return .failure }
    return program.role.connects && runner.outcome.failedSessions > 0 ? .failure : .success
  }

  private func listen(_ runner: inout RoleRunner, _ io: inout LoopIO) throws(Refusal) {
    let address = try addresses()[0]
    do throws(SocketError) {
      announce(try runner.listen(at: address, &io))
    } catch {
      throw Refusal("\(error)", .failure)
    }
  }

  /// Says where the role listens; a port that the system has chosen is said even when quiet, because nobody
  /// could know it otherwise.
  func announce(_ address: SocketAddress) {
    guard !command.quiet || command.port == 0 else { return }
    Terminal.report(
      "pnprun: \(program.role.name.text) of \(program.spec.spec.name.text) listens on \(address)"
    )
  }

  private func connect(_ runner: inout RoleRunner, _ io: inout LoopIO) throws(Refusal) {
    let addresses = try addresses()
    do throws(SocketError) {
      try runner.connect(to: addresses[...], &io)
    } catch {
      throw Refusal("\(error)", .failure)
    }
  }

  func addresses() throws(Refusal) -> [SocketAddress] {
    if let path = command.unix { return [.unix(path: path)] }
    guard let port = command.port ?? program.spec.spec.port.map({ UInt16($0) }) else {
      throw Refusal("\(command.spec) names no port: add --port", .usage)
    }
    return try resolve(command.host ?? "127.0.0.1", port)
  }

  func resolve(_ host: String, _ port: UInt16) throws(Refusal) -> [SocketAddress] {
    do throws(ResolveError) {
      return try SocketAddress.resolve(host, port: port)
    } catch {
      throw Refusal("\(error)", .failure)
    }
  }
}

extension Framing {
  /// Whether messages have header lines.
  fileprivate var hasHeaders: Bool {
    if case .headers = self { true } else { false }
  }
}
