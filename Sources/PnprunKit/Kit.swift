// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
public import Engine
import Glibc

/// The commands of `pnprun`, as a library, so that a course can build its own with its own hooks.
///
/// ```swift
/// @main enum Main {
///   static func main() {
///     var hooks = HookRegistry()
///     hooks.register("is_prime") { (number: Int) in isPrime(number) }
///     Kit.main(hooks: hooks)
///   }
/// }
/// ```
public enum Kit {
  /// Runs the command that the arguments name, and ends the process with its exit status.
  ///
  /// - Parameter hooks: The Swift functions that specifications may call.
  public static func main(hooks: HookRegistry) -> Never {
    Allocator.returnLargeBlocks()
    Descriptor.openMissingStandardStreams()
    // Output that nobody reads any more, as in `pnprun check protocols | head`, is no error.
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst()), hooks: hooks).rawValue)
  }

  /// Runs the command that the arguments name.
  package static func run(_ arguments: [String], hooks: HookRegistry) -> ExitStatus {
    do {
      let command = try Pnprun.parseAsRoot(spelledOut(arguments))
      guard let command = command as? any KitCommand else {
        var command = command
        try command.run()
        return .success
      }
      return command.run(hooks: hooks)
    } catch {
      let isRequest = Pnprun.exitCode(for: error) == .success
      var text = Pnprun.fullMessage(for: error, columns: nil)
      if isRequest, text.hasPrefix("#!/bin/bash") { text = BashCompletion.completed(text) }
      if isRequest { Terminal.print(text) } else { Terminal.report(text) }
      return isRequest ? .success : .usage
    }
  }

  /// An option whose value may be left out is given its usual one: `--trace` is `--trace=text`.
  private static func spelledOut(_ arguments: [String]) -> [String] {
    arguments.map { $0 == "--trace" ? "--trace=text" : $0 }
  }
}

/// What the process ends with, a contract that scripts can rely on.
package struct ExitStatus: Equatable, Sendable {
  package let rawValue: Int32

  package static let success = ExitStatus(rawValue: 0)
  /// The conversation failed, or a specification has mistakes.
  package static let failure = ExitStatus(rawValue: 1)
  /// The command line, or a specification that was to be run, is wrong.
  package static let usage = ExitStatus(rawValue: 2)

  /// The program under test was not started, or never became ready.
  package static let notStarted = ExitStatus(rawValue: 3)
  /// No test failed, and some could not be decided.
  package static let undecided = ExitStatus(rawValue: 4)
  /// The tester itself failed; EX_SOFTWARE of sysexits(3).
  package static let software = ExitStatus(rawValue: 70)

  /// Ended by a signal, as shells report it.
  package static func signal(_ number: Int32) -> ExitStatus {
    ExitStatus(rawValue: 128 + number)
  }
}

/// A command that uses the hooks of the course.
protocol KitCommand: ParsableCommand {
  func run(hooks: HookRegistry) -> ExitStatus
}

/// The command `pnprun`.
struct Pnprun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pnprun",
    abstract: "Runs and checks network protocols that are described in one YAML file each.",
    discussion: """
      EXAMPLES
        pnprun protocols/bingo.yaml --role server
        pnprun protocols/letstalk.yaml --role client --host 192.168.1.7
        pnprun protocols/sum.yaml --role server --framing chunk --trace
        pnprun check protocols/
        pnprun test protocols/sum.yaml -- python3 server.py {port}

      EXIT STATUS
        0 all went well
        1 the conversation or a test failed, or a specification has mistakes
        2 the command line is wrong
        3, 4 or 70: see `pnprun test --help`
        130 or 143 ended by Ctrl-C or SIGTERM
      """,
    version: "pnprun 0.1.0",
    subcommands: [
      RunCommand.self, TestCommand.self, JudgeCommand.self, CheckCommand.self, ExplainCommand.self,
    ],
    defaultSubcommand: RunCommand.self
  )
}
