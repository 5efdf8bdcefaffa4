// SPDX-License-Identifier: Apache-2.0

/// How one side of the protocol behaves.
package struct Role: Sendable {
  package enum Unexpected: String, Sendable {
    case fail
    case ignore
  }

  /// A variable of all sessions and its initial value.
  package struct Shared: Sendable {
    package let name: Name
    package let value: Expression

    package init(name: Name, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// A state of a role that is a machine: what is done on entering it, and the events in it.
  package struct State: Sendable {
    package let name: Name
    package var enter: [Step] = []
    package var when: [Handler] = []

    package init(name: Name) { self.name = name }
  }

  package let name: Name
  /// Whether this side opens the connection.
  package var connects = false
  /// Whether the other side plays an equal part: both open the conversation, each at its own port.
  package var isPeer = false
  /// The port of its own that an equal has.
  package var listens: Int?
  /// Whether it receives what is sent to the group of the specification.
  package var joinsMulticast = false
  /// Whether every session answers from a port of its own.
  package var repliesFromNewPort = false
  /// What serving several clients at once is worth when judged; `nil` derives it.
  package var concurrent: Level?
  /// The role ends after that many sessions.
  package var sessions: Int?
  /// The names of the two clients that share a session; empty when each client has its own.
  package var serves: [Name] = []
  /// Whether it closes its listening socket while it serves a connection, and then opens it anew.
  package var relistens = false
  package var unexpected = Unexpected.fail
  package var groups: [Name] = []
  package var shared: [Shared] = []
  package var background: [Step] = []
  package var steps: [Step] = []
  /// The reactor that follows the steps; repeats until the session ends.
  package var when: [Handler] = []
  /// The machine that follows the steps, instead of `when`; the first state is where it begins.
  package var states: [State] = []
  /// Handlers active at every waiting point.
  package var anytime: [Handler] = []
  package var finally: [Step] = []

  package init(name: Name) { self.name = name }

  /// What serving several clients at once is worth: as written, otherwise `must` as soon as the
  /// sessions have to do with each other.
  package var concurrency: Level { concurrent ?? (hasSharedState ? .must : .should) }

  /// Whether its sessions have anything in common: groups, variables, or a background.
  package var hasSharedState: Bool {
    !groups.isEmpty || !shared.isEmpty || !background.isEmpty
  }
}

/// How much is owed, as in RFC 2119.
package enum Level: String, Sendable {
  case must
  case should
  case may
}

/// An alternative of a `when` and what to do then.
package struct Handler: Sendable {
  package enum Event: Sendable {
    /// One of these messages: `mail or rcpt`.
    case messages([Name])
    case after(Expression)
    case every(Expression)
    /// The person types a value, stored in that variable.
    case ask(Name)
    case closed
    /// Any message that no other alternative takes, whole or malformed.
    case other
  }

  package let event: Event
  package let body: [Step]
  /// The alternative as written.
  package let range: SourceRange

  package init(event: Event, body: [Step], range: SourceRange) {
    self.event = event
    self.body = body
    self.range = range
  }
}
