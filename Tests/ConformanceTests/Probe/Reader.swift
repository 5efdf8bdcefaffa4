// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads a socket on a thread of its own, to its end.
final class Reader: @unchecked Sendable {
  private let socket: RawSocket
  private let done = DispatchSemaphore(value: 0)
  /// Written by the thread before it signals.
  private var found: [[UInt8]] = []

  init(_ socket: RawSocket) {
    self.socket = socket
    Thread.detachNewThread { [self] in
      while true {
        let block = socket.read()
        if block.isEmpty { break }
        found.append(block)
      }
      done.signal()
    }
  }

  /// What each read has returned.
  func blocks() -> [[UInt8]] {
    done.wait()
    return found
  }
}
