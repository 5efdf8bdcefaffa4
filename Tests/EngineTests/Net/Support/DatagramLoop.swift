// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation

/// An event loop with a datagram handler, on a thread of its own.
final class DatagramLoop: @unchecked Sendable {
  // Written by the loop's thread before it signals, read by the test after it has waited.
  private var outcome: Result<UInt16, any Error> = .failure(CancellationError())
  private var log = DatagramHandler.Log()
  private let ready = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  private init() {}

  /// Starts a loop and waits until `open` has made its sockets.
  ///
  /// - Returns: The loop, and the port of what `open` returned.
  static func start(
    _ selector: SelectorKind = .epoll,
    limits: LoopIO.Limits = LoopIO.Limits(),
    handler: DatagramHandler = DatagramHandler(),
    open: @escaping @Sendable (inout LoopIO) throws -> SocketAddress = {
      try $0.bindDatagrams(at: .loopback(port: 0))
    }
  ) throws -> (loop: DatagramLoop, port: UInt16) {
    let running = DatagramLoop()
    Thread {
      running.run(selector, limits, handler, open)
      running.ended.signal()
    }.start()
    running.ready.wait()
    return (running, try running.outcome.get())
  }

  /// Waits for the loop to stop.
  func join() -> DatagramHandler.Log {
    ended.wait()
    return log
  }

  private func run(
    _ selector: SelectorKind,
    _ limits: LoopIO.Limits,
    _ handler: DatagramHandler,
    _ open: (inout LoopIO) throws -> SocketAddress
  ) {
    do {
      var loop = try EventLoop<DatagramHandler>(selector: selector, limits: limits)
      outcome = .success(try open(&loop.io).port ?? 0)
      ready.signal()
      var handler = handler
      loop.run(&handler)
      log = handler.log
    } catch {
      outcome = .failure(error)
      ready.signal()
    }
  }
}
