// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// Bubblewrap around programs under test, in two layers.
///
/// The tester has to reach the program, so both share a network: the tester starts itself again in
/// one with nothing but a loopback interface (``enter(arguments:)``). Each program then gets a view
/// of its own, where it can change nothing and sees no other processes (``confine(_:)``).
package enum Sandbox {
  private static let variable = "PNPRUN_SANDBOX"
  private static let network = [
    "bwrap", "--unshare-net", "--dev-bind", "/", "/", "--die-with-parent",
  ]

  /// Whether this process is in the network without a way out.
  package static var isEntered: Bool { unsafe getenv(variable) != nil }

  /// Starts this program again in that network, in place of this process; does nothing inside.
  ///
  /// - Parameter arguments: Those of this program, without its name.
  /// - Throws: ``SandboxError`` when there is no bubblewrap, or it is not allowed here.
  package static func enter(arguments: [String]) throws(SandboxError) {
    guard !isEntered else { return }
    try check()
    guard let program = ProcFile.target(of: "/proc/self/exe") else {
      throw SandboxError(reason: "/proc cannot be read")
    }
    // Ctrl-C is for the tester inside, which reports what it knows: bubblewrap waits for that.
    signal(SIGINT, SIG_IGN)
    let words = network + ["--setenv", variable, "1", "--", program] + arguments
    unsafe withVector(words) { _ = unsafe execvp(words[0], $0) }
    throw SandboxError(reason: "\(Errno(errno))")
  }

  /// The command with a read-only view of the files, a private /tmp and no other processes.
  package static func confine(_ command: ProgramCommand) -> ProgramCommand {
    var confined = command
    let folder = command.directory ?? ProcFile.target(of: "/proc/self/cwd") ?? "/"
    confined.words = view
    // Below a private /tmp, they would have disappeared.
    let files = command.words.compactMap { hiddenFile($0, in: folder) }
    for path in files + (folder == "/" ? [] : [folder]) {
      confined.words += ["--ro-bind", path, path]
    }
    confined.words += ["--chdir", folder, "--"] + command.words
    confined.isConfined = true
    return confined
  }

  /// The file below /tmp that a word names, if it does.
  private static func hiddenFile(_ word: String, in folder: String) -> String? {
    let path = word.hasPrefix("/") ? word : folder + "/" + word
    guard path.hasPrefix("/tmp/") else { return nil }
    return unsafe access(path, F_OK) == 0 ? path : nil
  }

  private static let view = [
    "bwrap", "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--dev", "/dev", "--proc", "/proc",
    "--unshare-pid", "--unshare-ipc", "--die-with-parent",
  ]

  /// Tries both layers.
  ///
  /// - Throws: ``SandboxError`` when there is no bubblewrap, or it is not allowed here.
  package static func check() throws(SandboxError) {
    let words = network + view + ["true"]
    guard let command = ProgramCommand(words, address: .loopback(port: 0)) else { return }
    let target: TargetProcess
    do throws(TargetStartError) {
      target = try TargetProcess(command)
    } catch {
      throw SandboxError(reason: "bwrap is missing, install the package bubblewrap")
    }
    let deadline = Instant.now().advanced(byNanoseconds: 10_000_000_000)
    guard target.waitUntilEnded(before: deadline) != .exited(0) else { return }
    let line = target.log(.errors).text.split(separator: "\n").first ?? "bwrap does not answer"
    throw SandboxError(reason: "\(line); this system does not permit it, leave --sandbox out")
  }
}

/// There is no sandbox here.
package struct SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
  package var reason: String

  package var description: String { "no sandbox: \(reason)" }
}
