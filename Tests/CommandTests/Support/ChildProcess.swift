// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A process that a test has started: killed and reaped with this value at the latest.
final class ChildProcess {
  /// What is connected to a standard descriptor.
  enum Streams {
    /// Three pipes.
    case pipes
    /// A terminal for the keyboard and the screen, a pipe for errors.
    case terminal
    /// A terminal for all three.
    case wholeTerminal
    /// Pipes, with nobody at the other end of standard output.
    case closedOutput
  }

  let identifier: pid_t
  /// Standard output.
  let output: Output
  /// Standard error; the same as `output` on a whole terminal.
  let errors: Output
  private var input: Int32
  private var ending: Ending?

  init(
    _ path: String,
    _ arguments: [String],
    _ streams: Streams = .pipes,
    environment: [String: String] = [:]
  ) throws {
    signal(SIGPIPE, SIG_IGN)
    var environment = environment
    // The last is for the sanitizers, which scripts/sanitize.sh tells what to leave out.
    for name in ["PATH", "HOME", "LSAN_OPTIONS"] {
      environment[name] = getenv(name).map { String(cString: $0) }
    }
    let (error, child2) = try Spawn.pipe()
    defer { close(child2) }
    var terminal: String?
    var descriptors: [Int32]
    switch streams {
    case .pipes, .closedOutput:
      let (child0, keyboard) = try Spawn.pipe()
      let (screen, child1) = try Spawn.pipe()
      descriptors = [child0, child1, child2]
      input = keyboard
      if streams == .closedOutput {
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        dup2(nothing, screen)
        close(nothing)
      }
      output = Output(owning: screen)
    case .terminal, .wholeTerminal:
      let pair = try Spawn.terminal()
      terminal = pair.path
      descriptors = [pair.slave, pair.slave, streams == .terminal ? child2 : pair.slave]
      input = fcntl(pair.master, F_DUPFD_CLOEXEC, 0)
      output = Output(owning: pair.master)
    }
    defer { for descriptor in Set(descriptors) where descriptor != child2 { close(descriptor) } }
    errors = streams == .wholeTerminal ? output : Output(owning: error)
    if streams == .wholeTerminal { close(error) }
    identifier = try Spawn.start(
      path,
      arguments,
      environment: environment,
      descriptors: descriptors,
      terminal: terminal
    )
  }

  deinit {
    closeInput()
    guard ending == nil else { return }
    kill(-identifier, SIGKILL)
    _ = Spawn.reap(identifier)
  }

  /// Types a text at the keyboard, or writes it to the pipe in its place.
  func type(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure.system("write") }
      rest.removeFirst(count)
    }
  }

  /// The end of the keyboard's input, when that is a pipe.
  func closeInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  func send(signal: Int32) { kill(identifier, signal) }

  /// Waits until the process has ended, reading what it still writes.
  func wait() throws -> Ending {
    if let ending { return ending }
    _ = try errors.all()
    _ = try output.all()
    let ending = Spawn.reap(identifier)
    self.ending = ending
    return ending
  }
}
