// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Engine
import ProtocolSpec

/// The command `pnprun check SPEC…`.
struct CheckCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks specifications and runs their examples, without a network.",
    discussion: """
      Every example is played against the roles of the specification in virtual
      time, with its input in one piece and byte by byte.

      EXAMPLES
        pnprun check protocols/guessnumber.yaml
        pnprun check protocols/

      EXIT STATUS
        0 all are right
        1 a specification has mistakes, or an example does not hold
        2 a file cannot be read
      """
  )

  @Argument(
    help: "The specifications; a directory stands for the .yaml files in it.",
    completion: .file(extensions: ["yaml"])
  )
  var specs: [String]

  @Flag(name: .shortAndLong, help: "Show only what is wrong.")
  var quiet = false

  func run(hooks: HookRegistry) -> ExitStatus {
    var status = ExitStatus.success
    do throws(FileProblem) {
      for path in try Files.specifications(specs) where !check(try Files.source(path), hooks) {
        status = .failure
      }
    } catch {
      Terminal.report("pnprun: \(error.message)")
      return .usage
    }
    return status
  }

  /// Returns whether everything is right.
  private func check(_ file: SourceFile, _ hooks: HookRegistry) -> Bool {
    var diagnostics = Diagnostics()
    var runs = 0
    if let spec = SpecLoader.load(file: file, into: &diagnostics) {
      for problem in hooks.mismatches(with: spec.spec) { diagnostics.add(problem) }
      if !diagnostics.hasErrors {
        let outcome = Rehearsal(spec, hooks: hooks).run()
        runs = outcome.runs
        for problem in outcome.problems { diagnostics.add(problem) }
      }
    }
    if !diagnostics.all.isEmpty {
      let renderer = DiagnosticRenderer(file: file, colour: Terminal.reportsInColour)
      Terminal.report(renderer.render(diagnostics))
    }
    if !quiet, !diagnostics.hasErrors {
      let count = runs == 1 ? "1 run" : "\(runs) runs"
      Terminal.print("ok  \(file.name)  (\(count) of its examples)")
    }
    return !diagnostics.hasErrors
  }
}
