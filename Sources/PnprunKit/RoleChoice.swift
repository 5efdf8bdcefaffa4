// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// A role of a specification, as a command line names it.
struct RoleChoice {
  /// The file.
  var path: String
  /// Other values for its settings, each as `name=value`.
  var settings: [String] = []
  var role: String?
  var framing: String?

  /// The specification, without mistakes.
  func spec(_ hooks: HookRegistry) throws(Refusal) -> ValidatedSpec {
    let file: SourceFile
    do throws(FileProblem) {
      file = try Files.source(path)
    } catch {
      throw Refusal(error.message, .usage)
    }
    var overrides: [(name: String, text: String)] = []
    for text in settings {
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

  /// The index of the role.
  func role(in spec: Spec) throws(Refusal) -> Int {
    let names = spec.roles.map(\.name.text)
    let list = names.joined(separator: ", ")
    guard let role else {
      throw Refusal("which role? add --role and one of: \(list)", .usage)
    }
    if let index = names.firstIndex(of: role) { return index }
    throw Refusal("\(path) has no role \(role); its roles are: \(list)", .usage)
  }

  /// The index of the role; without a name the only one that does not connect.
  func roleOrServer(in spec: Spec) throws(Refusal) -> Int {
    let servers = spec.roles.indices.filter { !spec.roles[$0].connects }
    return role == nil && servers.count == 1 ? servers[0] : try role(in: spec)
  }

  /// The framing that was named, if there was one.
  func framing(in spec: Spec) throws(Refusal) -> Framing? {
    guard let text = framing else { return nil }
    let framing: Framing
    do throws(FramingProblem) {
      framing = try Framing(commandLine: text)
    } catch {
      throw Refusal("--framing \(text): \(error.message)", .usage)
    }
    // Over UDP each datagram is a chunk already.
    if framing == .chunk, spec.transport == .udp { return nil }
    switch (spec.framing.hasHeaders, framing.hasHeaders) {
    case (true, false):
      throw Refusal("--framing \(text): the messages of this file need their header lines", .usage)
    case (false, true):
      throw Refusal("--framing \(text): the messages of this file have no header lines", .usage)
    default: return framing
    }
  }
}

extension Framing {
  /// Whether messages have header lines.
  fileprivate var hasHeaders: Bool {
    if case .headers = self { true } else { false }
  }
}
