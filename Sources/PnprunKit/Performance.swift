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
    let choice = RoleChoice(
      path: command.spec,
      settings: command.set,
      role: command.role,
      framing: command.framing
    )
    let spec = try choice.spec(hooks)
    let index = try choice.role(in: spec.spec)
    let framing = try choice.framing(in: spec.spec)
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
    Allocator.returnFreedMemory()
    Allocator.returnCode()
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
