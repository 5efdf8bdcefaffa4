// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// The path of plain messages must do what the general code does, message for message.
@Suite struct PlainPathTests {
  private static let counter = """
    pnprun: 1
    protocol: counter
    transport: tcp
    port: 8005
    framing: line
    messages:
      add: "{n:int}"
      twice: "twice {n:0..99}"
      end: "#"
      total: "total {sum:int} of {count:uint}!"
      low: "low"
      other_text: "?"
    roles:
      server:
        steps:
          - set: sum = 0
          - set: count = 0
        when:
          add:
            - set: sum = sum + add.n
            - set: count = count + 1
            - if: sum < 0
              send: low
          twice:
            - set: sum = sum + twice.n * 2
            - set: count = count + 1
          end:
            send: total
          other:
            send: other_text
      client:
        steps:
          - send: add(n = 1)
          - send: twice(n = 1)
          - send: end
          - expect: total
          - expect: low
          - expect: other_text
    """

  private func program() throws -> Program {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "counter.yaml", bytes: Array(Self.counter.utf8))
    let spec = try #require(SpecLoader.load(file: file, into: &diagnostics))
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == "server" })
    return Compiler.compile(spec, roleIndex: index, hooks: HookRegistry())
  }

  /// What a session answers to the bytes, with the plain path or without it.
  private func answer(_ program: Program, _ input: [UInt8], isPlain: Bool) -> String {
    var interpreter = Interpreter(program)
    interpreter.effects.joinsMessages = isPlain
    var world = World(program, seed: 1)
    world.open(1, program)
    interpreter.start(1, in: &world, now: 1)
    let reader = FrameReader(program.framing, limit: program.limits.messageBytes)
    var position = 0
    while world.sessions[1].phase == .running {
      if isPlain {
        position = interpreter.receivePlain(
          input.span,
          from: position,
          scanned: position,
          mark: UInt8(ascii: "\n"),
          session: 1,
          in: &world,
          now: 1
        )
      }
      let frame = reader.next(
        in: input.span,
        from: position,
        progress: FrameProgress(),
        isAtEnd: false
      )
      guard case .message(let lower, let upper, let next) = frame else { break }
      _ = interpreter.receive(
        input.span.extracting(lower..<upper),
        session: 1,
        in: &world,
        now: 1
      )
      position = next
    }
    var text = ""
    while let effect = interpreter.effects.next() {
      switch effect {
      case .send(_, _, let lower, let upper), .failed(_, let lower, let upper):
        text += interpreter.effects.text(lower, upper)
      default: text += "<\(effect)>"
      }
    }
    return text
  }

  @Test func plainMessagesAreAnsweredInOrder() throws {
    let input = Array("1\ntwice 5\n#\n-12\n +3 \r\n#\n".utf8)
    #expect(try answer(program(), input, isPlain: true) == "total 11 of 2!\nlow\ntotal 2 of 4!\n")
  }

  @Test func anOverflowEndsTheSessionWithItsPlace() throws {
    let input = Array("9223372036854775807\n1\n#\n".utf8)
    let text = try answer(program(), input, isPlain: true)
    #expect(text.hasPrefix("counter.yaml:20:11: integer overflow"))
  }

  @Test func bothPathsGiveTheSameAnswers() throws {
    let program = try program()
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = RandomSource(seed: seed)
    let lines = ["1", "-7", "twice 4", "twice 100", "#", "word", "", " 12 ", "0099", "+5", "1 2"]
    for _ in 0..<200 {
      var input: [UInt8] = []
      for _ in 0..<random.integer(from: 1, through: 40) {
        input += lines[random.integer(from: 0, through: lines.count - 1)].utf8
        input += random.integer(from: 0, through: 3) == 0 ? "\r\n".utf8 : "\n".utf8
      }
      #expect(answer(program, input, isPlain: true) == answer(program, input, isPlain: false))
    }
  }
}
