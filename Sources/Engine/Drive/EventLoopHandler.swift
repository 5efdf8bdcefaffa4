// SPDX-License-Identifier: Apache-2.0

/// What an event loop does its work for: it is told what happens, and answers through `LoopIO`.
///
/// One thread, one call at a time: a call never happens inside another one, whatever the handler
/// does with `io`. A connection's calls are, in this order: `opened` once; `received` and
/// `deadline` any number of times; `closed` once. One that could not be made has only `closed`,
/// and `deadline` before that when one was armed.
package protocol LoopHandler: ~Copyable {
  /// A connection was accepted, or one of `LoopIO.connect(to:)` came to be.
  mutating func opened(_ id: ConnectionID, peer: SocketAddress, _ io: inout LoopIO)

  /// Input has arrived, or was asked for by `LoopIO.redeliver(_:)`.
  ///
  /// What is not consumed is offered again, in front of what has arrived meanwhile. A handler
  /// that answers much more than it reads leaves the rest when `LoopIO.isCongested(_:)`; it is
  /// offered again without asking, once the output has drained.
  ///
  /// Over datagrams each call offers exactly one, and `atEnd` is never true. It is left, and
  /// offered again, only if the result is 0; an empty one is always consumed.
  ///
  /// A connection whose end was offered is not closed by itself, unless our half has ended as
  /// well: the handler closes it when it has nothing more to send.
  ///
  /// - Parameters:
  ///   - id: The connection.
  ///   - bytes: All bytes not yet consumed, also those that were offered before; valid only during
  ///     the call. Empty only when `atEnd`.
  ///   - atEnd: The other side has finished sending: nothing will follow `bytes`. The connection
  ///     can still send, until the handler closes it.
  ///   - io: To answer with.
  /// - Returns: How many of the bytes are consumed, from the front.
  mutating func received(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ io: inout LoopIO
  ) -> Int

  /// The connection is over, after everything else that was said about it; the ID is stale.
  mutating func closed(_ id: ConnectionID, _ reason: CloseReason, _ io: inout LoopIO)

  /// The deadline that was armed on a connection, or on the background, has come; it is disarmed.
  mutating func deadline(_ id: ConnectionID, _ io: inout LoopIO)

  /// A line was typed: its bytes without the line ending, or `nil` at the end of the input.
  mutating func typed(_ line: [UInt8]?, _ io: inout LoopIO)

  /// One of the signals that the loop was made for has arrived.
  mutating func signalled(_ number: Int32, _ io: inout LoopIO)

  /// Descriptors have run out, so that waiting connections are refused; told once until an eighth
  /// of the connections has gone.
  mutating func descriptorsExhausted(_ io: inout LoopIO)
}
