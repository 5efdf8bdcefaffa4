// SPDX-License-Identifier: Apache-2.0

/// The conversations of a role, as it has written them down itself with `--trace=json`.
package struct Recording: Sendable {
  enum Event: Sendable {
    case connected
    /// A line at the keyboard; `nil` for its end.
    case typed(String?)
    /// What the role received, without its frame.
    case received([UInt8])
    /// What the role sent, with its frame.
    case sent([UInt8])
    /// Whether the role has ended it.
    case closed(isOwn: Bool)
  }

  struct Entry: Sendable {
    /// The line of the file.
    let line: Int
    /// Nanoseconds since the start of the role.
    let time: Int
    /// Numbers that are used again once a session is over.
    let session: Int
    let event: Event
  }

  private(set) var entries: [Entry] = []
  /// A line that is longer is none that a role has written.
  private static let longestLine = 64 << 20

  /// Reads a file of an object a line.
  ///
  /// Empty lines do not count, nor what pnprun says beside.
  package init(_ bytes: [UInt8]) throws(RecordingProblem) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
      if isBlank || line.starts(with: "pnprun: ".utf8) { continue }
      guard line.count <= Self.longestLine else {
        throw RecordingProblem(line: index + 1, message: "it is too long")
      }
      entries.append(try Self.entry(Array(line), index + 1))
    }
  }

  private static func entry(_ bytes: [UInt8], _ line: Int) throws(RecordingProblem) -> Entry {
    let value: JSONValue
    do throws(JSONParser.Problem) {
      value = try JSONParser.value(of: bytes)
    } catch {
      throw RecordingProblem(line: line, message: "column \(error.column): \(error.message)")
    }
    guard case .object(let members) = value else {
      throw RecordingProblem(line: line, message: "an object in braces should stand here")
    }
    let fields = Fields(members, line)
    let seconds = try fields.number("time")
    guard (0...1e8).contains(seconds) else { throw fields.problem("time", "seconds from 0") }
    let session = try fields.number("session")
    guard let number = Int(exactly: session), number > 0 else {
      throw fields.problem("session", "a number from 1")
    }
    return Entry(
      line: line,
      time: Int(seconds * 1e9),
      session: number,
      event: try event(fields)
    )
  }

  private static func event(_ fields: Fields) throws(RecordingProblem) -> Event {
    switch try fields.text("event") {
    case "connected": return .connected
    case "typed": return .typed(fields.has("text") ? try fields.text("text") : nil)
    case "received": return .received(try fields.content)
    case "sent": return .sent(try fields.content)
    case "closed": return .closed(isOwn: try fields.text("reason") == "by us")
    default:
      throw fields.problem("event", "connected, typed, received, sent or closed")
    }
  }
}

/// A file is no recording.
package struct RecordingProblem: Error, Equatable {
  package let line: Int
  package let message: String
}

/// The members of an object.
private struct Fields {
  private let members: [(String, JSONValue)]
  private let line: Int

  init(_ members: [(String, JSONValue)], _ line: Int) {
    self.members = members
    self.line = line
  }

  func has(_ name: String) -> Bool { members.contains { $0.0 == name } }

  func problem(_ name: String, _ wanted: String) -> RecordingProblem {
    let what = has(name) ? "`\(name)` should be" : "`\(name)` is missing:"
    return RecordingProblem(line: line, message: "\(what) \(wanted)")
  }

  func number(_ name: String) throws(RecordingProblem) -> Double {
    switch members.first(where: { $0.0 == name })?.1 {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: throw problem(name, "a number")
    }
  }

  func text(_ name: String) throws(RecordingProblem) -> String {
    guard case .string(let value) = members.first(where: { $0.0 == name })?.1 else {
      throw problem(name, "a text")
    }
    return value
  }

  /// The bytes of a message.
  var content: [UInt8] {
    get throws(RecordingProblem) {
      guard has("hex") else { return Array(try text("text").utf8) }
      let digits = Array(try text("hex").utf8.filter { $0 != 0x20 })
      let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
      }
      guard digits.count == 2 * bytes.count else { throw problem("hex", "pairs of digits") }
      return bytes
    }
  }
}
