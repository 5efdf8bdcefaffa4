// SPDX-License-Identifier: Apache-2.0

/// One step of a role: an optional condition, an optional `for`, one verb, an optional `else`.
package struct Step: Sendable {
  /// Which values a variable may take.
  package enum Domain: Sendable {
    /// `A..B`
    case interval(Expression, Expression)
    /// A list.
    case list(Expression)
    /// What the person types, or `choose` draws, has this type.
    case type(TextType, SourceRange)
    /// `K of D`: K different ones, in ascending order.
    indirect case subset(Expression, of: Domain)
  }

  /// The steps once for each value: `for: NAME in DOMAIN`.
  package struct Iteration: Sendable {
    package let variable: Name
    package let domain: Domain

    package init(variable: Name, domain: Domain) {
      self.variable = variable
      self.domain = domain
    }
  }

  /// What is sent to whom: `MESSAGE(field = EXPRESSION, …)`.
  package struct Send: Sendable {
    package struct Argument: Sendable {
      package let name: Name
      package let value: Expression

      package init(name: Name, value: Expression) {
        self.name = name
        self.value = value
      }
    }

    package let message: Name
    package var arguments: [Argument] = []
    /// A session, or a list of sessions; the peer when `nil`.
    package var to: Expression?
    package var level = Level.must

    package init(message: Name) { self.message = message }
  }

  package struct Expect: Sendable {
    /// `A` or `A or B`.
    package let messages: [Name]
    /// Which of two clients the message must come from.
    package var from: Name?
    package var condition: Expression?
    /// The variable that keeps the message.
    package var keptAs: Name?
    /// Seconds.
    package var within: Expression?
    /// How often the last message is sent again.
    package var retry: Expression?
    package var timeout: [Step]?

    package init(messages: [Name]) { self.messages = messages }
  }

  package struct Repeat: Sendable {
    package let body: [Step]
    package var until: Expression?
    package var condition: Expression?
    package var times: Expression?

    package init(body: [Step]) { self.body = body }
  }

  package struct Ask: Sendable {
    package let variable: Name
    package let domain: Domain
    package var prompt: Template?

    package init(variable: Name, domain: Domain) {
      self.variable = variable
      self.domain = domain
    }
  }

  package indirect enum Action: Sendable {
    case send(Send)
    case expect(Expect)
    case when([Handler])
    /// `NAME = EXPRESSION`, `NAME[EXPRESSION] = EXPRESSION`
    case set(Name, key: Expression?, Expression)
    case choose(Name, Domain)
    case ask(Ask)
    case print(Template)
    case `do`([Step])
    case `repeat`(Repeat)
    /// Seconds.
    case wait(Expression)
    /// Until the condition holds.
    case waitUntil(Expression)
    case join(Name)
    case leave(Name)
    /// Enters a state.
    case goto(Name)
    case close(Level)
    case `break`
    case pass
    case fail(Template)
  }

  package let id: Int
  /// The verb as written.
  package let range: SourceRange
  package var condition: Expression?
  package var iteration: Iteration?
  package var action: Action
  package var otherwise: [Step]?
  /// Shown to the author of a program that fails here.
  package var hint: String?

  package init(id: Int, range: SourceRange, action: Action) {
    self.id = id
    self.range = range
    self.action = action
  }
}
