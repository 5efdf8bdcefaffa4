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

  /// Answers every number with itself in several forms.
  private static let forms = """
    pnprun: 1
    protocol: forms
    transport: tcp
    port: 8005
    framing: line
    messages:
      number: "{n:int}"
      answer: "{n:int} {small:-20..20}, digits {digits:000..999}, odd {odd:3..7} of {all:1..99}"
      big: "big {n:int}"
      other_text: "?"
    roles:
      server:
        when:
          number:
            - set: n = number.n
            - if: n > 20 || n < -20
              send: big
              else:
                send: answer(small = n, digits = n * n, odd = n, all = 42)
          other:
            send: other_text
      client:
        steps:
          - send: number(n = 1)
          - expect: answer
          - expect: big
          - expect: other_text
    """

  private func program(_ text: String = counter, role: String = "server") throws -> Program {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "counter.yaml", bytes: Array(text.utf8))
    let spec = try #require(SpecLoader.load(file: file, into: &diagnostics))
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == role })
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

  @Test func moreThanATurnGathersIsAnsweredInOrder() throws {
    let program = try program(Self.forms)
    var input: [UInt8] = []
    var expected = ""
    for number in 0..<5000 {
      input += Array("\(number % 2 == 0 ? 4 : 100 + number)\n".utf8)
      expected += number % 2 == 0 ? "4 4, digits 016, odd 4 of 42\n" : "big \(100 + number)\n"
    }
    #expect(answer(program, input, isPlain: true) == expected)
  }

  @Test(arguments: [false, true])
  func messagesAreOneEffectOnlyWhenNobodyNeedsThemApart(_ joins: Bool) throws {
    let program = try program(role: "client")
    var interpreter = Interpreter(program)
    interpreter.effects.joinsMessages = joins
    var world = World(program, seed: 1)
    world.open(1, program)
    interpreter.start(1, in: &world, now: 1)
    var texts: [String] = []
    while case .send(_, _, let lower, let upper) = interpreter.effects.next() {
      texts.append(interpreter.effects.text(lower, upper))
    }
    #expect(texts == (joins ? ["1\ntwice 1\n#\n"] : ["1\n", "twice 1\n", "#\n"]))
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

  @Test func numbersAreWrittenInTheirForms() throws {
    let program = try program(Self.forms)
    let answer = "4 4, digits 016, odd 4 of 42\nbig 21\nbig -9223372036854775808\n"
    let input = Array("4\n21\n-9223372036854775808\n".utf8)
    #expect(self.answer(program, input, isPlain: true) == answer)
    for number in [-21, -20, -1, 0, 2, 3, 7, 8, 9, 10, 20, 100, Int.max] {
      let input = Array("5\n\(number)\n".utf8)
      let general = self.answer(program, input, isPlain: false)
      #expect(self.answer(program, input, isPlain: true) == general)
    }
  }

  @Test func aNumberThatIsNotInItsBoundsIsNotSent() throws {
    let text = try answer(program(Self.forms), Array("5\n8\n".utf8), isPlain: true)
    #expect(text.hasPrefix("5 5, digits 025, odd 5 of 42\ncounter.yaml:"))
    #expect(text.contains("8"))
  }

  @Test func aMessageThatIsTooLongIsNotTakenAsANumber() throws {
    let limited = Self.counter.replacing(
      "framing: line",
      with: "framing: line\nlimits:\n  message: 5"
    )
    let program = try program(limited)
    for line in ["12345", "123456", "0000000000000000001"] {
      let input = Array("1\n\(line)\n#\n".utf8)
      let general = answer(program, input, isPlain: false)
      #expect(answer(program, input, isPlain: true) == general)
    }
  }

  @Test func aNumberOfMoreDigitsThanFitIsNotTaken() throws {
    let program = try program()
    for digits in 17...21 {
      let input = Array((String(repeating: "9", count: digits) + "\n#\n").utf8)
      let general = answer(program, input, isPlain: false)
      #expect(answer(program, input, isPlain: true) == general)
    }
  }
}
