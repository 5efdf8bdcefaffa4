// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// Reads the keyboard only while somebody asks, so that what is typed ahead stays where it is.
  mutating func updateKeyboard(_ io: inout LoopIO) {
    guard !program.questions.isEmpty else { return }
    if let session = asking, interpreter.question(session, world) != nil { return }
    asking = links.indices.first {
      links[$0].isRunning && !links[$0].finishesSending && interpreter.question($0, world) != nil
    }
    if let session = asking {
      io.watchKeyboard(for: links[session].id)
    } else {
      io.ignoreKeyboard()
    }
  }

  package mutating func typed(_ line: [UInt8]?, _ io: inout LoopIO) {
    guard let session = asking else { return }
    asking = nil
    let text = line.map { String(decoding: $0, as: UTF8.self) }
    tracer?.typed(session, text, io.now, &console)
    if let text {
      interpreter.answer(text, session: session, in: &world, now: io.time)
    } else if isDatagram, interpreter.takesMessages(session, world) {
      // Nothing tells the other side that no more will come.
      interpreter.abort(session, nil, in: &world, now: io.time)
    } else if interpreter.takesMessages(session, world) {
      // The person has nothing more to say, but may still hear what the others say.
      links[session].finishesSending = true
      if isSendingDone(session) { io.finishSending(links[session].id) }
    } else {
      let reason = "the keyboard input ended before the conversation did"
      interpreter.abort(session, reason, in: &world, now: io.time)
    }
    perform(&io)
    offerUnread(session, &io)
  }
}
