// SPDX-License-Identifier: Apache-2.0

/// The keys of what a loop watches besides its connections, whose keys are all larger.
enum LoopKey: UInt64 {
  case signals
  case keyboard
  case listener
  case datagrams
}

/// Waits for sockets, the keyboard, signals and deadlines, and tells the handler what happened.
///
/// One thread, one loop; nothing here is `Sendable`. The loop owns every descriptor; its end closes
/// them all and restores the signal mask of the thread. In each turn a connection is read from and
/// written to at most once, so that none delays the others.
package struct EventLoop<Handler: LoopHandler & ~Copyable>: ~Copyable {
  /// The most connections that are accepted in one turn.
  private static var acceptBatch: Int { 64 }

  /// To listen and connect before the loop runs.
  package var io: LoopIO

  private let signals: SignalSource
  let buffer = ReadBuffer()
  private var events = ReadyList()

  /// Prepares a loop, and makes broken pipes ordinary errors for the whole process.
  ///
  /// - Parameters:
  ///   - kind: How to wait.
  ///   - numbers: Signals that are reported to the handler instead of their default effect.
  ///   - keyboard: The descriptor that lines are read from; it is not closed.
  ///   - limits: How much a connection may make the loop hold.
  /// - Throws: ``SelectorError`` when the kernel has no descriptor left.
  package init(
    selector kind: SelectorKind = .epoll,
    signals numbers: [Int32] = [],
    keyboard: Int32 = 0,
    limits: LoopIO.Limits = LoopIO.Limits()
  ) throws(SelectorError) {
    let selector = try kind.make()
    let signals = try SelectorError.from { () throws(Errno) in try SignalSource(numbers) }
    try selector.add(signals.descriptor.number, .read, key: LoopKey.signals.rawValue)
    SignalSource.ignoreBrokenPipes()
    self.signals = signals
    io = LoopIO(selector: selector, keyboard: keyboard, limits: limits)
  }

  /// Runs until the handler has called `LoopIO.stop()` and every connection is closed.
  package mutating func run(_ handler: inout Handler) {
    settle(&handler)
    while !(io.isStopping && io.connections.count == 0) {
      io.resumeKeyboard()
      io.selector.wait(into: &events, milliseconds: waitMilliseconds())
      io.now = .now()
      for index in 0..<events.count { dispatch(events[index], &handler) }
      if io.keyboard.isAlwaysReady { io.readKeyboard(buffer) }
      if let time = io.listener?.pausedUntil, time <= io.now { io.resumeListening() }
      settle(&handler)
      fireDeadlines(&handler)
      settle(&handler)
    }
  }

  private mutating func waitMilliseconds() -> Int32 {
    if io.keyboard.isAlwaysReady { return 0 }
    var next = io.deadlines.next() ?? .never
    if let time = io.listener?.pausedUntil { next = min(next, time) }
    guard next != .never else { return -1 }
    let now = Instant.now()
    let distance = max(0, next - now)
    // Rounded up: a wait that ends early would make the loop turn once for nothing.
    return Int32(clamping: (distance &+ 999_999) / 1_000_000)
  }

  private mutating func dispatch(_ event: Readiness, _ handler: inout Handler) {
    let id = ConnectionID(selectorKey: event.key)
    if id.generation != 0 {
      // An event of a connection that ended earlier in this turn is dropped here.
      if io.connections.contains(id) { progress(id, event.ready, &handler) }
      return
    }
    switch LoopKey(rawValue: event.key) {
    case .listener: accept(&handler)
    case .datagrams: receiveDatagrams(event.ready, &handler)
    case .keyboard: io.readKeyboard(buffer)
    case .signals:
      while let number = signals.next() { handler.signalled(number, &io) }
    case nil: break
    }
  }

  private mutating func accept(_ handler: inout Handler) {
    for _ in 0..<Self.acceptBatch {
      switch io.acceptNext() {
      case .opened(let id, let peer): open(id, peer, &handler)
      case .refused:
        if io.beginsExhaustion() { handler.descriptorsExhausted(&io) }
      case .none: return
      }
    }
  }

  private mutating func fireDeadlines(_ handler: inout Handler) {
    while let id = io.deadlines.popDue(io.now) {
      if id == .background {
        handler.deadline(id, &io)
        continue
      }
      switch io.connections[id.index].state {
      case .open, .connecting:
        io.beginCall(id)
        handler.deadline(id, &io)
        io.endCall()
      case .closing: io.end(id, .reset(.timedOut))
      case .lingering: io.release(id)
      case .unused, .ended: break
      }
    }
  }

  /// Does what the handler's calls have left to do, until nothing is left.
  private mutating func settle(_ handler: inout Handler) {
    while io.hasLeftovers {
      while let (id, peer) = io.nextOpening() { open(id, peer, &handler) }
      while let typed = io.nextTyped() { handler.typed(typed, &io) }
      while let id = io.redeliveries.next() {
        if io.takeRedelivery(id) { offerHeld(id, &handler) }
      }
      while let id = io.unflushed.next() { io.flush(id) }
      io.shared.removeAll()
      io.flushDatagrams()
      while let id = io.endings.next() {
        if let reason = io.finish(id) { handler.closed(id, reason, &io) }
      }
    }
  }
}

@available(*, unavailable)
extension EventLoop: Sendable {}
