// SPDX-License-Identifier: Apache-2.0

/// What is done on purpose to the messages that a role sends, so that the other side meets the
/// faults of a real network.
///
/// `loss 10%, delay 20ms±10ms` loses a tenth of all messages, and holds back the others for 10 to
/// 30 ms each.
package struct FaultPlan: Hashable, Sendable {
  /// How long something is held back, in nanoseconds.
  package struct Delay: Hashable, Sendable {
    package var middle: Int
    /// How much longer or shorter it may be, each length as likely; at most `middle`.
    package var spread = 0
  }

  /// Over UDP: the part of the messages that is not sent, 0 to 1.
  package var loss = 0.0
  /// Over UDP: the part of the messages that is sent twice.
  package var duplicate = 0.0
  /// Over UDP: the part of the messages that is sent behind the next one.
  package var reorder = 0.0
  package var delay: Delay?
  /// Over TCP: the lengths of the pieces that a message is written in.
  package var split: ClosedRange<Int>?
  /// Over TCP: a connection is reset after that many messages.
  package var resetAfter: Int?

  package init() {}
}
