// SPDX-License-Identifier: Apache-2.0

/// What the event loop keeps of a connection: about one cache line, and heap only while bytes wait.
struct Connection: ~Copyable {
  enum State: UInt8 {
    /// The slot is free.
    case unused
    case connecting
    case open
    /// The handler has closed it; what is queued is still sent.
    case closing
    /// It is over, and the handler is told at the end of the turn.
    case ended
    /// The handler knows that it is over; late input is drained, so that no reset destroys what
    /// the other side has not read yet.
    case lingering
  }

  struct Flags: OptionSet {
    var rawValue: UInt8

    /// The other side will send nothing more.
    static let endOfInput = Flags(rawValue: 1)
    /// The sending half shall end when the output is empty.
    static let finishRequested = Flags(rawValue: 2)
    static let finishedSending = Flags(rawValue: 4)
    /// The unconsumed input shall be offered again.
    static let redelivery = Flags(rawValue: 8)
    /// Input was left because the output was congested; it is offered when that has drained.
    static let stalled = Flags(rawValue: 16)
    /// The selector no longer watches the descriptor.
    static let unwatched = Flags(rawValue: 32)
    /// A session over datagrams, with or without a socket of its own.
    static let datagrams = Flags(rawValue: 64)
  }

  // In this order no space is lost between them.
  var inbound = ConnectionBuffer()
  var descriptor: Descriptor
  var outbound = ConnectionBuffer()
  var generation: UInt32
  /// What is to be sent of the messages that connections share; empty unless `outbound` is.
  var shared = SharedOutput.Stretch()
  /// Bytes drained while lingering.
  var drained: UInt32 = 0
  var state: State
  var flags: Flags = []
  /// What the selector waits for.
  var interest: Interest = []
  /// How many datagrams `inbound` holds, each behind its length.
  var heldDatagrams: UInt8 = 0
  /// Set when the state becomes `ended`.
  var reason = CloseReason.byUs

  init(_ descriptor: consuming Descriptor, generation: UInt32, state: State) {
    self.descriptor = descriptor
    self.generation = generation
    self.state = state
  }

  /// The bytes that the socket has not taken yet.
  var unsentCount: Int { outbound.count + shared.count }
  var hasUnsent: Bool { unsentCount > 0 }
}
