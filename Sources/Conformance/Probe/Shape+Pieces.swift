// SPDX-License-Identifier: Apache-2.0
package import Engine
package import ProtocolSpec

extension Shape {
  /// The pieces in which messages are sent, each with one write; of a shape that is not about pieces
  /// one for each message.
  ///
  /// - Parameters:
  ///   - messages: With their frames.
  ///   - framing: That of the messages.
  ///   - cuts: Where `split` may cut a message, at most once at each kind of place.
  ///   - random: Decides between places of one kind.
  /// - Returns: The pieces, which are the messages together.
  package func pieces(
    of messages: [[UInt8]],
    framing: Framing,
    cuts: Set<ShapeCut> = Set(ShapeCut.allCases),
    using random: inout RandomSource
  ) -> [ShapePiece] {
    switch self {
    case .split:
      messages.enumerated().flatMap { index, bytes in
        Self.split(bytes, index, framing, cuts, &random)
      }
    case .drip: messages.enumerated().flatMap { Self.dripped($1, $0) }
    case .glued: Self.glued(messages)
    case .gluedAndAHalf: Self.gluedAndAHalf(messages)
    case .whole, .halfClose:
      messages.enumerated().map { ShapePiece(bytes: $1, message: $0, cut: nil, label: "") }
    }
  }

  /// The kinds of places where a message can be cut.
  package static func cuts(of message: [UInt8], framing: Framing) -> [ShapeCut] {
    let anatomy = ShapeAnatomy(message, framing)
    return ShapeCut.allCases.filter { !anatomy.places($0).isEmpty }
  }

  private static func split(
    _ bytes: [UInt8],
    _ message: Int,
    _ framing: Framing,
    _ cuts: Set<ShapeCut>,
    _ random: inout RandomSource
  ) -> [ShapePiece] {
    let anatomy = ShapeAnatomy(bytes, framing)
    var places: [Int: ShapeCut] = [:]
    for cut in ShapeCut.allCases where cuts.contains(cut) {
      let free = anatomy.places(cut).filter { places[$0] == nil }
      if let place = free.randomElement(using: &random) { places[place] = cut }
    }
    var pieces: [ShapePiece] = []
    var start = 0
    let count = places.count + 1
    for (place, cut) in places.sorted(by: { $0.key < $1.key }) {
      let label = "piece \(pieces.count + 1) of \(count), cut \(cut.name(in: framing))"
      pieces.append(
        ShapePiece(bytes: Array(bytes[start..<place]), message: message, cut: cut, label: label)
      )
      start = place
    }
    let label = count == 1 ? "" : "piece \(count) of \(count), message complete"
    pieces.append(
      ShapePiece(bytes: Array(bytes[start...]), message: message, cut: nil, label: label)
    )
    return pieces
  }

  /// More bytes of a message than that are not sent one by one: those in its middle stay together.
  private static let mostDrops = 64

  private static func dripped(_ bytes: [UInt8], _ message: Int) -> [ShapePiece] {
    let count = bytes.count
    let first = count <= mostDrops ? count : mostDrops * 3 / 4
    let last = count <= mostDrops ? count : count - mostDrops / 4
    var pieces: [ShapePiece] = []
    for place in 0..<count where place <= first || place >= last {
      let end = place == first && place < last ? last : place + 1
      let range = end == place + 1 ? "byte \(end)" : "bytes \(place + 1) to \(end)"
      let isEnd = end == count
      pieces.append(
        ShapePiece(
          bytes: Array(bytes[place..<end]),
          message: message,
          cut: isEnd ? nil : .inTheMiddle,
          label: "\(range) of \(count)\(isEnd ? ", message complete" : "")"
        )
      )
    }
    return pieces
  }

  /// As many messages go into one piece.
  private static let mostTogether = 5

  private static func glued(_ messages: [[UInt8]]) -> [ShapePiece] {
    stride(from: 0, to: messages.count, by: mostTogether).map { start in
      let end = min(start + mostTogether, messages.count)
      return ShapePiece(
        bytes: Array(messages[start..<end].joined()),
        message: end - 1,
        cut: nil,
        label: end - start == 1 ? "" : "\(end - start) messages together"
      )
    }
  }

  private static func gluedAndAHalf(_ messages: [[UInt8]]) -> [ShapePiece] {
    guard var rest = messages.first else { return [] }
    var pieces: [ShapePiece] = []
    var beginning = messages.count == 1 ? "" : "message 1"
    for (index, next) in messages.enumerated().dropFirst() {
      let half = next.count / 2
      pieces.append(
        ShapePiece(
          bytes: rest + next[..<half],
          message: half == 0 ? index - 1 : index,
          cut: half == 0 ? nil : .inTheMiddle,
          label: half == 0 ? beginning : "\(beginning) and half of message \(index + 1)"
        )
      )
      rest = Array(next[half...])
      beginning = half == 0 ? "message \(index + 1)" : "the rest of message \(index + 1)"
    }
    let last = messages.count - 1
    return pieces + [ShapePiece(bytes: rest, message: last, cut: nil, label: beginning)]
  }
}
