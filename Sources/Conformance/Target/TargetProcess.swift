// SPDX-License-Identifier: Apache-2.0
import CProcess
package import Engine
import Glibc
import Synchronization

/// A program under test that runs, with everything it starts; ended with this value at the latest.
///
/// A warden process stands between us and the program: it owns the whole tree of processes, also
/// those that leave their parents, and ends it when asked, at a limit, or when this process ends
/// for whatever reason. All methods may be called from any thread.
package final class TargetProcess: Sendable {
  /// What the program reads from and writes to.
  package enum Streams: Sendable {
    /// Nothing to read, and a pipe for each output: for servers.
    case pipes
    /// A keyboard and a screen that does not echo, and a pipe for errors: for clients.
    case terminal
  }

  /// One of the two outputs.
  package enum Output: Sendable {
    /// Standard output, or the screen.
    case output
    case errors
  }

  package let command: ProgramCommand
  /// The number of its first process.
  package let identifier: Int32
  package let startTime: Instant
  let watcher: TargetWatcher
  /// The side of the terminal where keys are pressed, or -1.
  private let keyboard: Int32

  /// Starts a program.
  ///
  /// - Throws: ``TargetStartError``, such as when there is no such program.
  package init(
    _ command: ProgramCommand,
    _ streams: Streams = .pipes,
    limits: ProgramLimits = ProgramLimits()
  ) throws(TargetStartError) {
    self.command = command
    startTime = .now()
    do throws(Errno) {
      (identifier, watcher, keyboard) = try Self.launch(command, streams, limits)
    } catch {
      throw TargetStartError(program: command.words[0], reason: error)
    }
  }

  deinit {
    stop(graceMilliseconds: 0)
    if keyboard >= 0 { close(keyboard) }
  }

  /// How its first process has ended, as far as it has.
  ///
  /// Everything that it wrote before is in ``log(_:)`` then.
  package var ending: Ending {
    let ending = watcher.record.read(\.ending)
    guard command.isConfined, case .exited(let status) = ending, (129...159).contains(status)
    else { return ending }
    return .signalled(status - 128)
  }

  /// What it has written until now.
  package func log(_ output: Output) -> OutputLog {
    watcher.record.read { output == .output ? $0.output : $0.errors }
  }

  /// Waits until its first process has ended; returns how, or `stillRunning`.
  @discardableResult
  package func waitUntilEnded(before deadline: Instant) -> Ending {
    _ = watcher.record.wait(until: deadline) { $0.ending != .stillRunning }
    return ending
  }

  /// Waits until it has written more than so many bytes; returns whether it has.
  ///
  /// Waits no longer when all its processes have ended.
  package func waitForOutput(
    _ output: Output = .output,
    beyond count: Int,
    before deadline: Instant
  ) -> Bool {
    _ = watcher.record.wait(until: deadline) {
      (output == .output ? $0.output : $0.errors).byteCount > count || $0.isGone
    }
    return log(output).byteCount > count
  }

  /// Ends it and everything it has started, and waits until nothing is left.
  ///
  /// All its processes get SIGTERM first, and SIGKILL after the grace; with none, at once.
  /// - Returns: How its first process ended, by itself or by this.
  @discardableResult
  package func stop(graceMilliseconds: Int32 = 500) -> Ending {
    Self.end([watcher], graceMilliseconds: graceMilliseconds)
    return ending
  }

  /// Ends all programs under test that this process has started, and starts no more: for the end of
  /// it.
  package static func stopAll() { end(LiveTargets.close(), graceMilliseconds: 0) }

  private static func end(_ watchers: [TargetWatcher], graceMilliseconds: Int32) {
    for watcher in watchers { watcher.requestEnd(graceMilliseconds: graceMilliseconds) }
    let patience = (Int64(graceMilliseconds) + 3000) * 1_000_000
    let deadline = Instant.now().advanced(byNanoseconds: patience)
    for watcher in watchers where !watcher.record.wait(until: deadline, for: \.isGone) {
      watcher.killWarden()
      _ = watcher.record.wait(until: .never, for: \.isGone)
    }
  }
}

extension TargetProcess {
  /// Types a text at the keyboard; a line ends with `\n`.
  ///
  /// - Returns: Whether it could be typed: there is a terminal, and the program still has it.
  @discardableResult
  package func type(_ text: String) -> Bool {
    // What nobody reads fits into the terminal's own buffer, or is dropped by it.
    keyboard >= 0 && !watcher.record.read(\.isGone) && write(Array(text.utf8))
  }

  /// Presses Ctrl-D, which is the end of the input.
  @discardableResult
  package func endInput() -> Bool { type("\u{4}") }

  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(keyboard, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var entry = pollfd(fd: keyboard, events: Int16(POLLOUT), revents: 0)
        if unsafe poll(&entry, 1, 1000) > 0 { continue }
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// A program could not be started.
package struct TargetStartError: Error, Hashable, Sendable, CustomStringConvertible {
  package var program: String
  package var reason: Errno

  package var description: String {
    let isMissing = reason.code == ENOENT
    let explanation = isMissing ? "no such program, check the name and the folder" : "\(reason)"
    return "cannot start \(program): \(explanation)"
  }
}
