// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// What a server answers to bytes, and how it ends.
struct Conversation {
  var answers: [String] = []
  var failure: String?

  /// Sends the bytes, whole or one at a time; then the client closes, if it `closes`.
  init(
    _ spec: String,
    _ sent: String,
    arrivesInBytes: Bool,
    closes: Bool = false
  ) throws {
    var stage = try SpecText(spec).stage("server", arrivesInBytes: arrivesInBytes)
    stage.connect(1)
    stage.send(Array(sent.utf8), to: 1)
    if closes { stage.closePeer(of: 1) }
    while let bytes = stage.takeOutput(of: 1) {
      answers.append(String(decoding: bytes, as: UTF8.self))
    }
    failure = stage.lines[1]?.failure
  }
}
