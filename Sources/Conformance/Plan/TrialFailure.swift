// SPDX-License-Identifier: Apache-2.0

/// Why a conversation with the program under test cannot go on.
package struct TrialFailure: Error, Sendable {
  package enum Kind: Sendable {
    /// What came, or did not come, is not what the protocol allows.
    case mismatch(Mismatch)
    /// Nobody accepts connections any more.
    case refused
    /// The connection was not accepted in time.
    case notAccepted
    /// The client never connected.
    case neverConnected
    /// The program ended, or had ended before.
    case ended(Ending)
    /// An answer came from another address than the one asked.
    case wrongSource(String)
    /// A text is missing on the screen of the program.
    case screen(missing: String)
    /// A probe has measured what must not be; the cause is known with it.
    case measured(cause: String, text: String)
    /// The judge cannot decide.
    case undecided
  }

  package let kind: Kind
  package let connection: Int
  /// What was sent last on that connection.
  package let lastSent: [UInt8]
  /// How it ended, in words.
  package let ending: String
  /// Whether the role under test would be asking the person.
  var isAsking = false

  /// Whether the program has answered, though not what it should have.
  var isAnswer: Bool {
    guard case .mismatch(let mismatch) = kind else { return false }
    return mismatch.kind == .wrong || mismatch.kind == .extra
  }

  /// Whether the program has never connected.
  var isAbsence: Bool { if case .neverConnected = kind { true } else { false } }

  /// What it looks like: failures that look the same hardly have different reasons.
  package var symptom: String {
    switch kind {
    case .mismatch(let mismatch): mismatch.kind.rawValue
    case .refused: "refused"
    case .notAccepted: "not accepted"
    case .neverConnected: "never connected"
    case .ended: "ended"
    case .wrongSource: "wrong source"
    case .screen: "screen"
    case .measured(let cause, _): cause
    case .undecided: "undecided"
    }
  }

  /// Whether more time could have changed it.
  package var isAboutTime: Bool {
    switch kind {
    case .mismatch(let mismatch):
      mismatch.kind == .nothing || mismatch.kind == .incomplete || mismatch.kind == .open
    case .notAccepted, .neverConnected, .screen, .undecided: true
    case .measured(let cause, _): ["K2", "K7", "U1", "U5"].contains(cause)
    case .refused, .ended, .wrongSource: false
    }
  }
}
