// SPDX-License-Identifier: Apache-2.0

/// A name means one thing: messages, settings, functions, hooks and what a role declares share one
/// set of names.
struct NamespacePass {
  private var known: [String: (what: String, range: SourceRange)] = [:]
  private var diagnostics: Diagnostics

  private static let reserved = [
    "me", "peer", "others", "after", "every", "ask", "closed", "other", "or", "in", "from", "of",
    "true", "false", "null",
  ]

  static func run(_ table: SpecTable, _ scopes: [RoleScope], into diagnostics: inout Diagnostics) {
    var pass = NamespacePass(diagnostics: diagnostics)
    let spec = table.spec
    for message in spec.messages { pass.declare(message.name, "a message") }
    for setting in spec.settings { pass.declare(setting.name, "a setting") }
    for function in spec.functions { pass.declareFunction(function.name, "a function") }
    for hook in spec.hooks { pass.declareFunction(hook.name, "a hook") }
    for type in spec.types
    where TextTypeParser.builtin.contains(where: { $0.name == type.name.text }) {
      pass.diagnostics.add(ValidateMessage.builtinName(type.name, "type"))
    }
    let shared = pass.known
    for role in spec.roles {
      pass.known = shared
      for group in role.groups { pass.declare(group, "a group") }
      for client in role.serves { pass.declare(client, "a client") }
      if let client = role.serves.first {
        pass.known["sender"] = ("the client that has sent last", client.range)
      }
      for variable in role.shared { pass.declare(variable.name, "a shared variable") }
      pass.checkVariables(of: role)
    }
    diagnostics = pass.diagnostics
  }

  private init(diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  private mutating func declare(_ name: Name, _ what: String) {
    if Self.reserved.contains(name.text) {
      diagnostics.add(ValidateMessage.reservedName(name, what))
    } else if let first = known[name.text] {
      diagnostics.add(ValidateMessage.nameTaken(name, first.what, first.range))
    } else {
      known[name.text] = (what, name.range)
    }
  }

  private mutating func declareFunction(_ name: Name, _ what: String) {
    if Builtin(rawValue: name.text) != nil || ["now", "endpoint"].contains(name.text) {
      diagnostics.add(ValidateMessage.builtinName(name, "function"))
    } else {
      declare(name, what)
    }
  }

  /// A variable may be assigned often, and a shared one too.
  private mutating func checkVariables(of role: Role) {
    var names: [Name] = []
    for handler in role.allHandlers {
      if case .ask(let name) = handler.event { names.append(name) }
    }
    role.walk { step in
      if let iteration = step.iteration { names.append(iteration.variable) }
      switch step.action {
      case .set(let name, _, _), .choose(let name, _): names.append(name)
      case .ask(let ask): names.append(ask.variable)
      case .expect(let expect): if let name = expect.keptAs { names.append(name) }
      default: break
      }
    }
    let shared = Set(role.shared.map(\.name.text))
    for name in names where !shared.contains(name.text) {
      if Self.reserved.contains(name.text) {
        diagnostics.add(ValidateMessage.reservedName(name, "a variable"))
      } else if let first = known[name.text] {
        diagnostics.add(ValidateMessage.nameTaken(name, first.what, first.range))
      }
    }
  }
}
