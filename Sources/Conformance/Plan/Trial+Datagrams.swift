// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Who is heard, where one socket hears all.
extension Trial {
  /// How long an answer is waited for, in seconds, when it is not demanded.
  private static let curiosity = 0.3

  /// Whether a client that got no answer to its first message gets one only after the others have
  /// said everything: they are served one after the other.
  func isHeldUp(
    _ silent: Int,
    among clients: [(connection: Int, messages: [EncodedMessage])]
  ) -> Bool {
    // What follows is no part of what failed.
    let seen = transcript
    defer { transcript = seen }
    guard let own = clients.first(where: { $0.connection == silent })?.messages, own.count > 1
    else { return false }
    for (connection, _) in clients { subject.judge.release(connection) }
    // One that takes what follows has not been waiting for somebody else.
    if isAnswered(own.dropFirst(), on: silent) { return false }
    for (connection, messages) in clients where connection != silent {
      _ = isAnswered(messages.dropFirst(), on: connection)
    }
    return isAnswered(own.prefix(1), on: silent)
  }

  private func isAnswered(_ messages: ArraySlice<EncodedMessage>, on connection: Int) -> Bool {
    let count = receivedCount(on: connection)
    for message in messages { sendUnjudged([message.bytes], on: connection) }
    // What comes now fails nobody any more.
    try? wait(seconds: Self.curiosity)
    return receivedCount(on: connection) > count
  }

  private func receivedCount(on connection: Int) -> Int {
    let name = name(connection)
    return transcript.count { event in
      if case .received = event.kind { event.connection == name } else { false }
    }
  }
}
