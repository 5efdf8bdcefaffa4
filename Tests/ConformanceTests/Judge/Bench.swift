// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Exercises
import Foundation
import ProtocolSpec
import Testing

/// A judge at work, told by hand what happens; the clock moves on by a millisecond at each step.
struct Bench: ~Copyable {
  private(set) var judge: Judge
  private(set) var now = 1_000_000_000

  /// Judges a role of a shipped protocol.
  init(_ name: String, role: String = "server", framing: Framing? = nil) throws {
    let program = try Bench.program(name, role: role, framing: framing)
    judge = Judge(program, startedAt: now, epoch: 1_700_000_000)
  }

  static func program(_ name: String, role: String, framing: Framing? = nil) throws -> Program {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("protocols/\(name).yaml").path
    let file = SourceFile(
      name: path,
      bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    )
    var diagnostics = Diagnostics()
    let spec = try #require(SpecLoader.load(file: file, into: &diagnostics))
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == role })
    var hooks = HookRegistry()
    Exercises.register(in: &hooks)
    return Compiler.compile(spec, roleIndex: index, framing: framing, hooks: hooks)
  }

  mutating func connect(_ connection: Int = 1) {
    judge.connect(connection, peer: ("127.0.0.1", 40_000 + connection), at: now)
  }

  mutating func send(_ text: String, on connection: Int = 1) {
    now += 1_000_000
    judge.send(Array(text.utf8), on: connection, at: now)
  }

  mutating func finish(_ connection: Int = 1) { judge.finish(connection, at: now) }

  mutating func close(_ connection: Int = 1) { judge.close(connection, at: now) }

  mutating func type(_ line: String) { judge.type(line, at: now) }

  mutating func wait(seconds: Double) { now += Int(seconds * 1e9) }

  mutating func see(_ text: String, on connection: Int = 1) -> String {
    see(Array(text.utf8), on: connection)
  }

  mutating func see(_ bytes: [UInt8], on connection: Int = 1) -> String {
    now += 1_000_000
    return Bench.describe(judge.see(bytes, on: connection, at: now))
  }

  mutating func seeClose(_ connection: Int = 1, isReset: Bool = false) -> String {
    now += 1_000_000
    return Bench.describe(judge.seeEnd(of: connection, isReset: isReset, at: now))
  }

  mutating func silence(seconds: Double = 2) -> String {
    wait(seconds: seconds)
    return Bench.describe(judge.silence(at: now))
  }

  var demand: Demand {
    mutating get { judge.demand(at: now) }
  }

  /// `ok`, `undecided`, or the kind of the mismatch with what was expected.
  private static func describe(_ finding: Finding) -> String {
    switch finding {
    case .explained: return "ok"
    case .undecided: return "undecided"
    case .refuted(let mismatch):
      let expected = mismatch.expected.map { expectation -> String in
        switch expectation {
        case .message(_, let bytes, _, _): String(decoding: bytes, as: UTF8.self)
        case .drawn(let name, _): "<\(name)>"
        case .close: "<close>"
        }
      }
      return "\(mismatch.kind): " + expected.sorted().joined(separator: "|")
    }
  }
}
