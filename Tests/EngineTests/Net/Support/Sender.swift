// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Sends from a thread of its own, so that the test can receive meanwhile.
final class Sender: @unchecked Sendable {
  private let ended = DispatchSemaphore(value: 0)

  /// Sends over a duplicate of the client's descriptor; a failure to send ends it.
  init(_ text: String, over client: borrowing Client) throws {
    let duplicate = try Client(duplicating: client)
    let number = duplicate.release()
    Thread {
      try? Client(owning: number).send(text)
      self.ended.signal()
    }.start()
  }

  func join() { ended.wait() }
}
