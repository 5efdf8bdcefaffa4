// SPDX-License-Identifier: Apache-2.0

/// What could have come on a connection, and was right.
package enum Expectation: Hashable, Sendable {
  /// A message, with its frame; `line` of the specification sends it.
  case message(name: String, bytes: [UInt8], isExact: Bool, line: Int)
  /// A message whose content the program was free to draw.
  case drawn(name: String, line: Int)
  case close

  /// The name of the message.
  var name: String? {
    switch self {
    case .message(let name, _, _, _), .drawn(let name, _): name
    case .close: nil
    }
  }
}

/// Where the program left what the protocol allows.
package struct Mismatch: Sendable {
  package enum Kind: String, Sendable {
    /// A message that is not one of those expected.
    case wrong
    /// A message where none was expected.
    case extra
    /// Nothing came in time.
    case nothing
    /// The beginning of something came, but not its end.
    case incomplete
    /// It closed where it should not have.
    case closed
    /// It reset the connection where it should not have.
    case reset
    /// It did not close where it should have.
    case open
  }

  package let kind: Kind
  package let connection: Int
  package let expected: [Expectation]
  /// What came, with its frame as far as there was one.
  package let got: [UInt8]
  /// Everything that came behind what was explained.
  package let rest: [UInt8]
}

/// Whether the program has to do something of its own.
package enum Demand: Int, Comparable, Sendable {
  case nothing
  /// There is something that it should or may send.
  case optional
  case owed

  package static func < (left: Demand, right: Demand) -> Bool { left.rawValue < right.rawValue }
}

/// What the judge says of the latest observation.
package enum Finding: Sendable {
  /// At least one possible world explains it.
  case explained
  /// No possible world does.
  case refuted(Mismatch)
  /// It cannot be decided.
  case undecided

  /// The same, said of another connection.
  func of(_ connection: Int) -> Finding {
    guard case .refuted(let mismatch) = self else { return self }
    return .refuted(mismatch.of(connection))
  }
}
