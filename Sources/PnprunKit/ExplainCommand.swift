// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Conformance
import Engine
import ProtocolSpec

/// The command `pnprun explain [CAUSE]`.
struct ExplainCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains what is wrong with a program, with an example of how to write it.",
    discussion: """
      Reports name the cause of a problem in brackets, as in [F1]. Without a cause
      all are listed.

      EXAMPLES
        pnprun explain F1
        pnprun explain

      EXIT STATUS
        0 all went well
        2 there is no such cause
      """
  )

  @Argument(
    help: "The cause, such as F1.",
    completion: .list(Cause.all.map(\.id))
  )
  var cause: String?

  func run(hooks: HookRegistry) -> ExitStatus {
    guard let wanted = cause else {
      Terminal.print(list)
      return .success
    }
    guard let found = Cause.named(wanted) else {
      let help = Suggestion.nearest(to: wanted.uppercased(), among: Cause.all.map(\.id))
      let advice = help.map { "did you mean `\($0)`?" } ?? "`pnprun explain` lists them"
      Terminal.report("pnprun: there is no cause `\(wanted)`; \(advice)")
      return .usage
    }
    Terminal.print("\(found.id)  \(found.name)\n\n\(found.lesson)")
    return .success
  }

  /// All causes in a few words, below the headings of their families.
  private var list: String {
    let families = Cause.families.map { heading, causes in
      let lines = causes.map { cause in
        let gap = String(repeating: " ", count: 5 - cause.id.utf8.count)
        return "  \(cause.id)\(gap)\(cause.name)"
      }
      return ([heading] + lines).joined(separator: "\n")
    }
    return families.joined(separator: "\n\n") + "\n\n`pnprun explain F1` explains one of them."
  }
}
