// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// How every message is shown: for people, or one JSON object a line for programs.
package enum TraceFormat: String, CaseIterable, Sendable {
  case text
  case json
}

/// Shows every message with its time, session and direction.
struct Tracer {
  enum Direction: String {
    case received
    case sent
  }

  private let format: TraceFormat
  private let start: Instant

  init(_ format: TraceFormat, start: Instant) {
    self.format = format
    self.start = start
  }

  func connected(_ session: Int, _ peer: SocketAddress, _ now: Instant, _ console: inout Console) {
    line(session, "connected", now, [("peer", peer.description)], "\(peer)", &console)
  }

  func closed(_ session: Int, _ reason: CloseReason, _ now: Instant, _ console: inout Console) {
    let text =
      switch reason {
      case .byUs: "by us"
      case .byPeer: "by the other side"
      case .reset(let error), .connectFailed(let error): "\(error)"
      case .overflow: "it did not read"
      case .displaced: "too many others came"
      }
    line(session, "closed", now, [("reason", text)], text, &console)
  }

  /// A line at the keyboard; `nil` for its end.
  func typed(_ session: Int, _ text: String?, _ now: Instant, _ console: inout Console) {
    let shown = text.map(\.jsonQuoted) ?? "the end of the input"
    line(session, "typed", now, text.map { [("text", $0)] } ?? [], shown, &console)
  }

  func message(
    _ direction: Direction,
    _ session: Int,
    _ program: Program,
    _ message: Int32,
    _ content: [UInt8],
    fault: String = "",
    _ now: Instant,
    _ console: inout Console
  ) {
    let messages = program.spec.spec.messages
    let name = message >= 0 ? messages[Int(message)].name.text : ""
    var members: [(String, String)] = name.isEmpty ? [] : [("message", name)]
    if let text = content.span.validText {
      members.append(("text", text))
    } else {
      members.append(("hex", content.span.hex))
    }
    if !fault.isEmpty { members.append(("fault", fault)) }
    var shown = program.shown(message, direction, content) ?? content.span.quoted(limit: 2000)
    if !fault.isEmpty { shown += " (\(fault))" }
    line(session, direction.rawValue, now, members, "\(name.padded(to: 10)) \(shown)", &console)
  }

  private func line(
    _ session: Int,
    _ event: String,
    _ now: Instant,
    _ members: [(String, String)],
    _ text: String,
    _ console: inout Console
  ) {
    let milliseconds = Int(now - start) / 1_000_000
    let fraction = String(1000 + milliseconds % 1000).dropFirst()
    let time = "\(milliseconds / 1000).\(fraction)"
    switch format {
    case .text:
      console.trace(
        "\(time.leftPadded(to: 9))  session \(String(session).padded(to: 3))  "
          + "\(event.padded(to: 9))  \(text)"
      )
    case .json:
      let rest = members.map { ",\"\($0.0)\":\($0.1.jsonQuoted)" }.joined()
      console.trace("{\"time\":\(time),\"session\":\(session),\"event\":\"\(event)\"\(rest)}")
    }
  }
}

extension Program {
  /// The values of a binary message; `nil` for a text.
  fileprivate func shown(
    _ message: Int32,
    _ direction: Tracer.Direction,
    _ bytes: [UInt8]
  ) -> String? {
    guard message >= 0, let layout = codec.layout(of: Int(message)) else { return nil }
    var lower = 0
    var upper = bytes.count
    if direction == .sent {
      // What is sent has its frame around it.
      let frame = outputReader.next(in: bytes.span, from: 0, isAtEnd: true)
      guard case .message(let start, let end, _) = frame else { return nil }
      (lower, upper) = (start, end)
    }
    let body = bytes.span.extracting(lower..<upper)
    var found: [Int] = []
    guard case .end = codec.read(layout, body, isWhole: true, &found) else { return nil }
    return codec.layouts[layout].argumentList(of: codec.values(of: layout, body, &found))
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// The text as a JSON string (RFC 8259, section 7).
  package var jsonQuoted: String {
    var quoted = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<" ", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Span<UInt8> {
  /// Two hexadecimal digits a byte.
  var hex: String {
    var text = ""
    for index in indices { text += (self[index] < 16 ? "0" : "") + String(self[index], radix: 16) }
    return text
  }
}
