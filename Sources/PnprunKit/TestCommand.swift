// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Conformance
import Engine
import ProtocolSpec

/// The command `pnprun test SPEC -- COMMAND`.
struct TestCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Judges a program of somebody else, and names the causes of its faults."
  )

  @Argument(help: "The specification, a YAML file.", completion: .file(extensions: ["yaml"]))
  var spec: String

  @Argument(parsing: .postTerminator, help: "The command that starts the program.")
  var command: [String] = []

  @Option(name: .shortAndLong, help: "The role that the program plays; server when there is one.")
  var role: String?

  @Option(help: "How messages are told apart, instead of the specification's framing.")
  var framing: String?

  @Option(name: .customLong("set"), parsing: .singleValue, help: "A setting: name=value.")
  var settings: [String] = []

  @Option(help: "Tests to run, by identifier or heading.")
  var only: [String] = []

  @Option(help: "The seed, in hexadecimal digits.")
  var seed: String?

  @Option(help: "How many programs run at the same time.")
  var jobs = 2

  @Flag(help: "The report as JSON.")
  var json = false

  func run(hooks: HookRegistry) -> ExitStatus {
    do throws(Refusal) {
      let assignment = try assignment(hooks)
      var options = ExaminationOptions(seed: seed.flatMap { UInt64($0, radix: 16) } ?? 0x4f7a91)
      options.only = only
      options.jobs = jobs
      options.specification = spec
      let text = TerminalReport(
        role: assignment.program.role.name.text,
        mode: .verbose,
        colour: false
      )
      let isJSON = json
      let report = Examination(assignment, options) { event in
        if case .finished(let result, _) = event, !isJSON {
          for line in text.lines(for: result) { Terminal.print(line) }
        }
      }
      .run()
      if json {
        Terminal.print(JSONReport.text(of: report))
      } else {
        for line in text.problems(of: report) + text.summary(of: report) { Terminal.print(line) }
      }
      return report.verdict >= .fail ? .failure : .success
    } catch {
      Terminal.report(error.text)
      return error.status
    }
  }

  private func assignment(_ hooks: HookRegistry) throws(Refusal) -> Assignment {
    var diagnostics = Diagnostics()
    let file: SourceFile
    do throws(FileProblem) { file = try Files.source(spec) } catch {
      throw Refusal(error.message, .usage)
    }
    let loaded: ValidatedSpec?
    do throws(SettingProblem) {
      loaded = try SpecLoader.load(
        file: file,
        overrides: settings.compactMap { text in
          text.firstIndex(of: "=").map {
            (name: String(text[..<$0]), text: String(text[text.index(after: $0)...]))
          }
        },
        into: &diagnostics
      )
    } catch {
      throw Refusal("--set: \(error)", .usage)
    }
    guard let loaded, !diagnostics.hasErrors else {
      throw Refusal(
        rendered: DiagnosticRenderer(file: file, colour: false).render(diagnostics)
      )
    }
    let name = role ?? loaded.spec.roles.first { !$0.connects }?.name.text ?? ""
    guard let index = loaded.spec.roles.firstIndex(where: { $0.name.text == name }) else {
      throw Refusal("there is no role \(name)", .usage)
    }
    let chosen: Framing?
    do throws(FramingProblem) {
      chosen = try framing.map { text throws(FramingProblem) in try Framing(commandLine: text) }
    } catch {
      throw Refusal("\(error)", .usage)
    }
    return Assignment(
      spec: loaded,
      program: Compiler.compile(loaded, roleIndex: index, framing: chosen, hooks: hooks),
      command: command,
      target: nil,
      limits: ProgramLimits()
    )
  }
}
