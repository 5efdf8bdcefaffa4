// SPDX-License-Identifier: Apache-2.0

/// What a name in an expression stands for, once resolved.
package enum Reference: Hashable, Sendable {
  /// A variable of the session, by its index in `RoleScope.variables`.
  case variable(Int)
  /// A variable shared by all sessions, by its index in `RoleScope.shared`.
  case shared(Int)
  /// A setting, by its index in the specification.
  case setting(Int)
  /// A field of the message of that name received last in this session.
  case field(message: Int, field: Int)
  /// That message as a whole, as a map of its fields.
  case message(Int)
  /// The sessions in a group, as a list; by its index in the role.
  case group(Int)
  /// The members of a group without this session.
  case others(Int)
  /// This session.
  case me
  /// The number of this session, from 1.
  case sessionNumber
  /// One of the two clients of this session, by its index in `Role.serves`.
  case client(Int)
  /// The client whose message was received last; over UDP the endpoint it came from.
  case sender
  /// The endpoint of the group of receivers.
  case multicast
  /// Seconds since the start of 1970.
  case now
  case peerHost
  case peerPort
}

extension Reference {
  /// What a scope is asked for to resolve `now()`; no name can be written so.
  static let nowName = "now()"
}

/// A checked expression: names resolved, functions inlined, ready to evaluate.
///
/// Data, not code: the engine compiles the common shapes to single instructions and evaluates the
/// rest as it is.
package indirect enum Formula: Hashable, Sendable {
  case constant(Value)
  case reference(Reference)
  /// A variable of an enclosing comprehension or `bind`, by its depth from the outermost.
  case local(Int)
  /// A variable of another session.
  case variable(Int, of: Formula)
  /// The number of another session.
  case number(of: Formula)
  /// The value under a text key of a map.
  case member(Formula, String)
  /// `has(operand.member)`
  case hasMember(Formula, String)
  case index(Formula, Formula)
  case call(Builtin, [Formula])
  /// A hook, by its index in the specification.
  case hook(Int, [Formula])
  case list([Formula])
  case map([MapEntry])
  case and(Formula, Formula)
  case or(Formula, Formula)
  case conditional(Formula, Formula, Formula)
  case comprehension(Comprehension)
  /// Evaluates `value`, binds it to the next local, evaluates `body`.
  case bind(Formula, body: Formula)

  package struct MapEntry: Hashable, Sendable {
    package var key: Formula
    package var value: Formula

    package init(key: Formula, value: Formula) {
      self.key = key
      self.value = value
    }
  }

  /// `range.all(x, body)` and its kin; the element is the next local.
  package struct Comprehension: Hashable, Sendable {
    package enum Kind: Sendable {
      case all
      case exists
      case existsOne
      case map
      case filter
    }

    package var kind: Kind
    package var range: Formula
    /// The condition of `map(x, condition, body)`.
    package var condition: Formula?
    package var body: Formula

    package init(_ kind: Kind, range: Formula, condition: Formula? = nil, body: Formula) {
      self.kind = kind
      self.range = range
      self.condition = condition
      self.body = body
    }
  }
}
