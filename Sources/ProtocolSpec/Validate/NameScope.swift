// SPDX-License-Identifier: Apache-2.0

/// The names that the expressions of a role may use.
struct NameScope: ExpressionScope {
  private let table: SpecTable
  private let groups: [String]
  private let clients: [String]
  /// Without a role only settings, functions and hooks are known.
  private let isInRole: Bool
  private let roleScope: RoleScope
  let owner: String?
  private let variables: [String: Int]
  private let shared: [String: Int]

  /// The scope of a role.
  init(_ table: SpecTable, _ role: Role, _ roleScope: RoleScope) {
    self.table = table
    groups = role.groups.map(\.text)
    clients = role.serves.map(\.text)
    isInRole = true
    owner = "role `\(role.name.text)`"
    self.roleScope = roleScope
    variables = SpecTable.indices(roleScope.variables.map(\.name))
    shared = SpecTable.indices(roleScope.shared.map(\.name))
  }

  /// The scope of constants.
  init(constantsOf table: SpecTable) {
    self.table = table
    groups = []
    clients = []
    isInRole = false
    owner = nil
    roleScope = RoleScope(variables: [], shared: [])
    variables = [:]
    shared = [:]
  }

  func resolve(_ name: String) -> (Formula, Type)? {
    if let index = table.settings[name] {
      return (.reference(.setting(index)), table.settingTypes[index])
    }
    guard isInRole else { return nil }
    if name == Reference.nowName { return (.reference(.now), .double) }
    if let found = variable(name) { return found }
    if let index = groups.firstIndex(of: name) {
      return (.reference(.group(index)), .list(.session))
    }
    if let index = table.messages[name] { return (.reference(.message(index)), .message(index)) }
    if let index = clients.firstIndex(of: name) { return (.reference(.client(index)), .session) }
    switch name {
    case "sender" where !clients.isEmpty: return (.reference(.sender), .session)
    case "sender" where table.spec.transport == .udp: return (.reference(.sender), .endpoint)
    case "multicast" where table.spec.multicast != nil:
      return (.reference(.multicast), .endpoint)
    case "me": return (.reference(.me), .session)
    case "peer.host": return (.reference(.peerHost), .string)
    case "peer.port": return (.reference(.peerPort), .int)
    default: return nil
    }
  }

  /// A variable of the session or one that all sessions share.
  func variable(_ name: String) -> (Formula, Type)? {
    if let index = variables[name] {
      return (.reference(.variable(index)), roleScope.variables[index].type)
    }
    if let index = shared[name] {
      return (.reference(.shared(index)), roleScope.shared[index].type)
    }
    return nil
  }

  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)? {
    switch type {
    case .message(let message):
      let fields = table.spec.messages[message].fields
      guard let field = fields.firstIndex(where: { $0.name.text == name }) else { return nil }
      let type = fields[field].valueType
      guard case .reference(.message) = operand else { return (.member(operand, name), type) }
      return (.reference(.field(message: message, field: field)), type)
    case .session:
      let isMe = operand == .reference(.me)
      if name == "id" {
        return (isMe ? .reference(.sessionNumber) : .number(of: operand), .int)
      }
      guard let index = variables[name] else { return nil }
      let type = roleScope.variables[index].type
      return (isMe ? .reference(.variable(index)) : .variable(index, of: operand), type)
    default: return nil
    }
  }

  func members(of type: Type) -> [String] {
    switch type {
    case .message(let message): table.spec.messages[message].fields.map(\.name.text)
    case .session: roleScope.variables.map(\.name) + ["id"]
    default: []
    }
  }

  var names: [String] {
    let own =
      isInRole
      ? roleScope.variables.map(\.name) + roleScope.shared.map(\.name) + groups + clients
        + table.spec.messages.map(\.name.text) + ["me", "peer.host", "peer.port"] : []
    return own + table.spec.settings.map(\.name.text)
  }

  var functionNames: [String] {
    table.spec.functions.map(\.name.text) + table.spec.hooks.map(\.name.text)
  }

  func function(_ name: String) -> Spec.Function? { table.functions[name] }

  func hook(_ name: String) -> (index: Int, Spec.Hook)? {
    table.hooks[name].map { ($0, table.spec.hooks[$0]) }
  }

  func group(_ name: String) -> Int? { groups.firstIndex(of: name) }
}
