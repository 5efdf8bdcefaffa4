// SPDX-License-Identifier: Apache-2.0
import Engine

// What is written down of a conversation.
extension Trial {
  func note(
    _ kind: TranscriptEvent.Kind,
    _ connection: Int?,
    at time: Int? = nil,
    remark: String = ""
  ) {
    transcript.append(
      TranscriptEvent(
        time: max(0, (time ?? Wire.now) - begin),
        connection: connection.map(name) ?? "",
        kind,
        remark: remark
      )
    )
  }

  func name(_ connection: Int) -> String { names[connection] ?? "" }

  func markLast(_ connection: Int) {
    let place = transcript.lastIndex { $0.connection == name(connection) }
    if let place { transcript[place].isWrong = true }
  }

  /// How many pieces or datagrams have come.
  var receivedCount: Int {
    transcript.count { if case .received = $0.kind { true } else { false } }
  }

  /// When something came last, in nanoseconds of the clock.
  var lastReceived: Int {
    let last = transcript.last { if case .received = $0.kind { true } else { false } }
    return begin + (last?.time ?? 0)
  }

  /// Adds what the program has printed since the last look, in its place.
  func takeOutput() {
    guard let process = subject.process else { return }
    for stream in [TargetProcess.Output.output, .errors] {
      let log = process.log(stream)
      let seen = stream == .output ? outputSeen.output : outputSeen.errors
      for (line, time) in log.lines(from: seen) {
        note(stream == .output ? .stdout(line) : .stderr(line), nil, at: Int(time.nanoseconds))
      }
      if stream == .output {
        outputSeen.output = log.byteCount
      } else {
        outputSeen.errors = log.byteCount
      }
    }
    transcript = transcript.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }
}

extension Trial {
  /// How it ended, in a few words.
  func endingText(_ kind: TrialFailure.Kind, _ connection: Int) -> String {
    if case .ended(let ending) = kind { return ending.description }
    if case .mismatch(let mismatch) = kind {
      switch mismatch.kind {
      case .nothing, .open, .incomplete:
        let seconds = Double(patience / 100_000_000) / 10
        return ended.contains(connection) ? "closed" : "silent for \(seconds) s"
      case .closed: return "closed"
      case .reset: return "reset"
      case .wrong, .extra: return ""
      }
    }
    return ""
  }
}
