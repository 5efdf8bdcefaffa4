// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// How the bytes of a session reach the program, and what else happens to its connection: the same
/// messages in another shape must have the same answers.
package enum Shape: String, CaseIterable, Sendable {
  case whole
  case split
  case drip
  case glued
  case gluedAndAHalf
  case halfClose

  /// The shape in plain words.
  package var name: String {
    switch self {
    case .whole: "each message arrives whole"
    case .split: "a message arrives in pieces"
    case .drip: "every byte arrives alone"
    case .glued: "several messages arrive together"
    case .gluedAndAHalf: "a message arrives together with half of the next"
    case .halfClose: "the client stops sending and goes on reading"
    }
  }

  /// Why a shape means nothing for a framing over a transport; `nil` when it does.
  package func objection(to framing: Framing, over transport: Spec.Transport) -> String? {
    switch self {
    case .whole: return nil
    case .halfClose:
      return transport == .udp ? "over UDP there is no connection" : nil
    case .split, .drip, .glued, .gluedAndAHalf: break
    }
    if transport == .udp { return "a datagram arrives whole or not at all" }
    switch framing {
    case .datagram: return "a datagram arrives whole or not at all"
    case .chunk: return "without a framing nobody knows where a message ends"
    case .close where self == .glued || self == .gluedAndAHalf:
      return "a message lasts until its sender closes, so there is only one"
    default: return nil
    }
  }
}

/// Bytes that are sent with one write, and what the report says of them.
package struct ShapePiece: Hashable, Sendable {
  package var bytes: [UInt8]
  /// The message in which the piece ends, counted from 0.
  package var message: Int
  /// Where the message is cut behind the piece; `nil` at its end.
  package var cut: ShapeCut?
  /// `piece 1 of 2, cut inside the number`; empty for a message that is sent whole.
  package var label: String
}
