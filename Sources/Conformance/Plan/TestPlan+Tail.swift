// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// The end of the stream in the middle of a message.
extension TestPlan {
  /// Bytes behind the last delimiter are no message.
  ///
  /// At the end of a line this is not tried: most libraries take the end of the stream for one.
  mutating func addTail() {
    guard case .delimiter = program.framing, !program.draws, let message = script.messages.first,
      !message.body.isEmpty
    else { return }
    let due = answers(to: message, 1)
    guard !due.isEmpty else { return }
    add("N", .network, "the client stops sending in the middle of a message") {
      run throws(TrialFailure) in
      run.evidence.messages = [message]
      let trial = try run.trial()
      let connection = try trial.connect()
      try trial.drain()
      // What it says about the rest is up to it, but for the answer to a message.
      trial.subject.judge.release(connection)
      trial.sendUnjudged([message.body], on: connection)
      trial.finish(connection)
      try trial.wait(seconds: 0.3)
      trial.close(connection)
      guard trial.hasReceived(due) else { return }
      throw run.measured("X2", "it answered a message whose end never came")
    }
  }
}

extension Trial {
  /// Whether some bytes came in one piece.
  fileprivate func hasReceived(_ bytes: [UInt8]) -> Bool {
    transcript.contains { event in
      if case .received(let got) = event.kind { got == bytes } else { false }
    }
  }
}
