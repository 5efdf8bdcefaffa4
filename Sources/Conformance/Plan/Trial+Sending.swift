// SPDX-License-Identifier: Apache-2.0

// What the judge is not told of.
extension Trial {
  /// Sends bytes that the judge is not told of, such as a message without an end.
  package func sendUnjudged(
    _ pieces: [[UInt8]],
    pause: Int = 5_000_000,
    remarks: [String] = [],
    on connection: Int
  ) {
    let sending = wire.send(pieces, pause: pause, on: connection, until: Wire.now + patience)
    for (index, time) in sending.times.enumerated() {
      let remark = index < remarks.count ? remarks[index] : ""
      note(
        .sent(pieces[index], piece: index + 1, of: pieces.count),
        connection,
        at: time,
        remark: remark
      )
    }
  }
}
