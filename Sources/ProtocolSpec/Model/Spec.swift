// SPDX-License-Identifier: Apache-2.0

/// A name as written, with its place.
package struct Name: Sendable {
  package let text: String
  package let range: SourceRange

  package init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// An expression of the specification; `id` is its index in `ValidatedSpec.formulas`.
package struct Expression: Sendable {
  package let id: Int
  package let tree: ExpressionTree

  package init(id: Int, tree: ExpressionTree) {
    self.id = id
    self.tree = tree
  }
}

/// A text with expressions in braces: `"User {username} has entered room"`.
package struct Template: Sendable {
  package enum Segment: Sendable {
    case text(String)
    case expression(Expression)
  }

  package let segments: [Segment]
  package let range: SourceRange

  package init(_ segments: [Segment], range: SourceRange) {
    self.segments = segments
    self.range = range
  }
}

/// A specification as decoded from its file: complete and well-formed, names not resolved yet.
package struct Spec: Sendable {
  package enum Transport: String, Sendable {
    case tcp
    case udp
  }

  package enum Encoding: String, Sendable {
    case utf8 = "utf-8"
    case latin1 = "latin-1"
    case ascii
  }

  /// Bounds on what a peer can make us hold, or wait for.
  package struct Limits: Sendable {
    /// Longest message, in bytes.
    package var messageBytes = 64 * 1024
    /// Most bytes that wait for a slow receiver.
    package var outputBytes = 1024 * 1024
    /// Longest session, in seconds.
    package var sessionSeconds: Double?
    /// Longest silence of a peer, in seconds.
    package var idleSeconds: Double?
    /// Most sessions at once.
    package var sessions: Int?
    /// Bytes to which a longer datagram is cut; uncut when `nil`.
    package var datagramBytes: Int?
    /// How late a program under test may be with what a clock decides, in seconds.
    package var toleranceSeconds = 0.5

    package init() {}
  }

  /// A constant of the specification, overridable with `--set`.
  package struct Setting: Sendable {
    package let name: Name
    package let value: Expression

    package init(name: Name, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// A function of the author: `name(a, b): expression`.
  package struct Function: Sendable {
    package let name: Name
    package let parameters: [Name]
    package let body: ExpressionTree

    package init(name: Name, parameters: [Name], body: ExpressionTree) {
      self.name = name
      self.parameters = parameters
      self.body = body
    }
  }

  /// A Swift function and its signature: `hits(list, list) -> int`.
  package struct Hook: Sendable {
    package let name: Name
    package let parameters: [Type]
    package let result: Type

    package init(name: Name, parameters: [Type], result: Type) {
      self.name = name
      self.parameters = parameters
      self.result = result
    }
  }

  package let file: SourceFile
  package var name = Name("", SourceRange(0, 0))
  package var about: String?
  package var transport = Transport.tcp
  package var port: Int?
  /// The group of receivers that datagrams go to.
  package var multicast: MulticastGroup?
  package var framing = Framing.line(ending: "\n")
  package var encoding = Encoding.utf8
  /// Whether literal words in messages match whatever their case.
  package var ignoresCase = false
  /// Whether numbers of binary messages have their low byte first, unless their type says.
  package var isLittleEndian = false
  package var limits = Limits()
  package var settings: [Setting] = []
  package var types: [TextTypeDeclaration] = []
  /// Entries of `types:` that have fields of their own.
  package var records: [RecordDeclaration] = []
  package var functions: [Function] = []
  package var hooks: [Hook] = []
  package var messages: [Message] = []
  package var roles: [Role] = []
  package var examples: [Example] = []
  package var grading: [GradingItem] = []
  package var hints: [Hint] = []
  /// Names that expressions use: of settings, functions, hooks, variables, messages, groups.
  package var mentionedNames: Set<String> = []
  /// Names of `types:` that fields, domains and other types use.
  package var mentionedTypes: Set<String> = []
  /// How many expressions the specification has; their ids run from 0.
  package var expressionCount = 0
  /// How many steps the specification has; their ids run from 0.
  package var stepCount = 0

  package init(file: SourceFile) { self.file = file }
}
