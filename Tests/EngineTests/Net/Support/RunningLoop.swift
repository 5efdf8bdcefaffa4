// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation

/// An event loop with an echo handler, on a thread of its own.
final class RunningLoop: @unchecked Sendable {
  // Written by the loop's thread before it signals, read by the test after it has waited.
  private var outcome: Result<SocketAddress, any Error> = .failure(CancellationError())
  private var log = EchoHandler.Log()
  private let listening = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  private init() {}

  /// Starts a loop and waits until it listens.
  static func start(
    at address: SocketAddress = .loopback(port: 0),
    _ selector: SelectorKind = .epoll,
    limits: LoopIO.Limits = LoopIO.Limits(),
    keyboard: Int32? = nil,
    signals: [Int32] = [],
    before: @escaping @Sendable (inout LoopIO) throws -> Void = { _ in }
  ) throws -> (loop: RunningLoop, address: SocketAddress) {
    let running = RunningLoop()
    let thread = Thread {
      running.run(at: address, selector, limits, keyboard, signals, before)
      running.ended.signal()
    }
    thread.start()
    running.listening.wait()
    return (running, try running.outcome.get())
  }

  /// Waits for the loop to stop.
  func join() -> EchoHandler.Log {
    ended.wait()
    return log
  }

  private func run(
    at address: SocketAddress,
    _ selector: SelectorKind,
    _ limits: LoopIO.Limits,
    _ keyboard: Int32?,
    _ signals: [Int32],
    _ before: (inout LoopIO) throws -> Void
  ) {
    do {
      var loop = try EventLoop<EchoHandler>(
        selector: selector,
        signals: signals,
        keyboard: keyboard ?? -1,
        limits: limits
      )
      outcome = .success(try loop.io.listen(at: address))
      if keyboard != nil { loop.io.watchKeyboard() }
      try before(&loop.io)
      listening.signal()
      var handler = EchoHandler()
      loop.run(&handler)
      log = handler.log
    } catch {
      outcome = .failure(error)
      listening.signal()
    }
  }
}
