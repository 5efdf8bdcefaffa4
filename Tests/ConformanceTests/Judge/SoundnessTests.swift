// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Exercises
import Foundation
import ProtocolSpec
import Testing

/// A role of a shipped specification.
struct ShippedRole: Sendable, CustomTestStringConvertible {
  let file: String
  let role: String

  var testDescription: String { "\(file) \(role)" }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "protocols")

  static let all: [ShippedRole] = {
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted().flatMap { file in
      let spec = load(file)
      return (spec?.spec.roles ?? []).map { ShippedRole(file: file, role: $0.name.text) }
    }
  }()

  private static func load(_ file: String) -> ValidatedSpec? {
    guard let data = try? Data(contentsOf: folder.appending(path: file)) else { return nil }
    var diagnostics = Diagnostics()
    return SpecLoader.load(file: SourceFile(name: file, bytes: [UInt8](data)), into: &diagnostics)
  }

  func program() throws -> Program {
    let spec = try #require(Self.load(file))
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == role })
    var hooks = HookRegistry()
    Exercises.register(in: &hooks)
    return Compiler.compile(spec, roleIndex: index, hooks: hooks)
  }
}

@Suite("A faithful program") struct SoundnessTests {
  @Test("is never refuted, whatever it is sent and in whatever order its output is seen")
  func thereAreRoles() { #expect(ShippedRole.all.count > 50) }

  @Test("is never refuted", arguments: ShippedRole.all)
  func neverRefuted(_ role: ShippedRole) throws {
    let program = try role.program()
    for seed in 1...12 as ClosedRange<UInt64> {
      var session = RandomSession(program, seed: seed)
      let problem = session.run(steps: 40)
      #expect(problem == nil, "seed \(seed)")
    }
  }

  @Test("is refuted as soon as it sends what the role does not", arguments: ShippedRole.all)
  func refutedWhenItLies(_ role: ShippedRole) throws {
    let program = try role.program()
    guard !program.sends.isEmpty else { return }
    var (lies, found) = (0, 0)
    for seed in 1...12 as ClosedRange<UInt64> {
      var session = RandomSession(program, seed: seed)
      session.lies = true
      let problem = session.run(steps: 40)
      if session.hasLied { lies += 1 }
      if session.hasLied, problem != nil { found += 1 }
    }
    // A lie in a field that may hold anything, or after the tester left the rules, is no lie.
    #expect(lies == 0 || found > 0, "\(found) of \(lies) lies were found")
  }
}

/// A tester with chance for a plan, against a faithful program, with the judge between them.
private struct RandomSession: ~Copyable {
  private var program: FaithfulProgram
  private var judge: Judge
  private let catalogue: InputCatalogue
  private var random: RandomSource
  private var now = 1_000_000_000
  private var count = 0
  var lies = false
  private(set) var hasLied = false
  private static let epoch = 1_700_000_000.0

  init(_ role: Program, seed: UInt64) {
    program = FaithfulProgram(role, seed: seed, at: now, epoch: Self.epoch)
    judge = Judge(role, startedAt: now, epoch: Self.epoch)
    catalogue = InputCatalogue(role)
    random = RandomSource(seed: seed &* 77)
  }

  /// Returns what the judge has against it, if anything.
  mutating func run(steps: Int) -> String? {
    connect()
    for _ in 0..<steps {
      now += 1_000_000
      act()
      if let problem = see(all: Bool.random(using: &random)) { return problem }
    }
    if let problem = see(all: true) { return problem }
    let end = now + 3_000_000_000
    while let deadline = program.nextDeadline, deadline < end {
      now = max(now, deadline)
      program.runTimers(at: now)
      if let problem = see(all: true) { return problem }
    }
    now = end
    if case .refuted(let mismatch) = judge.silence(at: now) { return "silence: \(mismatch)" }
    return nil
  }

  private mutating func connect() {
    count += 1
    judge.connect(count, peer: FaithfulProgram.peer(count), at: now)
    program.connect(count, at: now)
  }

  private mutating func act() {
    let isClient = program.program.role.connects || program.program.role.isPeer
    let number = Int.random(in: 1...count, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0 where !isClient && count < 3: connect()
    case 1:
      guard let deadline = program.nextDeadline, deadline - now < 60_000_000_000 else { return }
      now = max(now, deadline)
      program.runTimers(at: now)
    default:
      if let question = program.question(number) {
        guard let answer = catalogue.randomAnswer(to: question, using: &random) else { return }
        judge.type(answer, at: now)
        return program.type(answer, at: now)
      }
      guard let wait = program.wait(number),
        let message = catalogue.random(for: wait, using: &random)
      else { return }
      judge.send(message.bytes, on: number, at: now)
      program.send(message.bytes, on: number, at: now)
    }
  }

  /// Shows the judge what the program has sent: everything, or some of it.
  private mutating func see(all: Bool) -> String? {
    while true {
      let waiting = program.connections.filter { !$0.value.output.isEmpty }.map(\.key).sorted()
      guard let number = waiting.randomElement(using: &random) else { return nil }
      let finding: Finding
      switch program.takeOutput(of: number) {
      case nil: return nil
      case .end?: finding = judge.seeEnd(of: number, isReset: false, at: now)
      case .bytes(var bytes)?:
        if lies, !bytes.isEmpty, !hasLied, Int.random(in: 0..<3, using: &random) == 0 {
          hasLied = true
          bytes[0] ^= 0x15
        }
        finding = judge.see(bytes, on: number, at: now)
      }
      if case .refuted(let mismatch) = finding {
        let got = String(decoding: mismatch.got, as: UTF8.self)
        return "\(mismatch.kind) on \(number): got \(got), expected \(mismatch.expected)"
      }
      if !all, Bool.random(using: &random) { return nil }
    }
  }
}
