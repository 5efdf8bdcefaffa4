// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import ProtocolSpec
import Testing

@Suite("Inputs for a program") struct InputCatalogueTests {
  private func wait(_ program: Program, _ first: String) throws -> Wait {
    try #require(program.waits.first { $0.expected.first == first })
  }

  private func label(_ text: String, in messages: [EncodedMessage]) -> String? {
    messages.first { $0.text == text }?.label
  }

  @Test("begin with the examples, one of each message") func examplesFirst() throws {
    let program = try Shipped.program("sum", "server")
    let candidates = InputCatalogue(program).candidates(for: try wait(program, "number"))
    #expect(candidates.prefix(4).map(\.text) == ["2\n", "#\n", "4\n", "1\n"])
    #expect(candidates[0].label == "from the example `six numbers`")
    #expect(candidates.prefix(10).allSatisfy { $0.kind == .typical })
  }

  @Test("hold the edges of whole numbers") func integers() throws {
    let program = try Shipped.program("guessnumber", "server")
    let candidates = InputCatalogue(program).candidates(for: try wait(program, "guess"))
    #expect(label("0\n", in: candidates) == "zero")
    #expect(label("1000000000\n", in: candidates) == "a large number")
    #expect(label("-1000000000\n", in: candidates) == "a large negative number")
    #expect(label(" 42\n", in: candidates) == "a number with a blank before it")
    #expect(label("+5\n", in: candidates) == "a number with a plus sign")
    #expect(label("4\r\n", in: candidates) == nil)
    #expect(candidates.contains { $0.text.hasSuffix("\r\n") })
    let numbers = candidates.compactMap { Int($0.text.filter { $0.isNumber || $0 == "-" }) }
    #expect(numbers.allSatisfy { abs($0) <= 1_000_000_000 })
  }

  @Test("hold what no alternative takes") func invalid() throws {
    let program = try Shipped.program("sum", "server")
    let invalid = InputCatalogue(program).invalid(for: try wait(program, "number"))
    #expect(label("hello\n", in: invalid) == "a word instead of a number")
    #expect(label("\n", in: invalid) == "an empty message")
    #expect(invalid.contains { $0.text.contains("__import__") })
    #expect(invalid.contains { $0.bytes == [0xFF, 0xFE, 0xFD, 0x0A] })
    #expect(!invalid.contains { Int($0.text.dropLast()) != nil || $0.text == "#\n" })
    #expect(invalid.allSatisfy { $0.kind == .invalid && $0.message == nil })
  }

  @Test("hold numbers just outside of a range") func outside() throws {
    let program = try Shipped.program("guessnumber", "client")
    let wait = try wait(program, "nice")
    let invalid = InputCatalogue(program).invalid(for: wait)
    #expect(invalid.contains { $0.text.hasPrefix("Wrong! I guessed 0 and you typed") })
    #expect(invalid.contains { $0.text.hasPrefix("Wrong! I guessed 6 and you typed") })
    let candidates = InputCatalogue(program).candidates(for: wait)
    #expect(candidates.contains { $0.text.hasPrefix("Wrong! I guessed 5 and you typed") })
    #expect(candidates.contains { $0.text == "Nice! I guessed that number\n" })
  }

  @Test("know a ticket of bingo from its examples") func bingo() throws {
    let program = try Shipped.program("bingo", "server")
    let catalogue = InputCatalogue(program)
    let candidates = catalogue.candidates(for: try wait(program, "ticket"))
    #expect(candidates.first?.text == "4 12 31 40 45\n")
    #expect(candidates.contains { $0.text == "47, 31, 23, 9, 4\n" })
    #expect(candidates.contains { $0.body.count == 4_097 })
  }

  @Test("fill in what a transcript leaves open") func placeholders() throws {
    let program = try Shipped.program("bingo", "client")
    let catalogue = InputCatalogue(program)
    let all = catalogue.messages.flatMap { catalogue.candidates(for: $0) }
    #expect(all.contains { $0.text == "ERR reason\n" })
    #expect(!all.contains { $0.text.contains("{reason}") })
  }

  @Test("have the bytes of the framing") func lengths() throws {
    let program = try Shipped.program("length", "server")
    let candidates = InputCatalogue(program).candidates(for: try wait(program, "say"))
    #expect(candidates.first?.bytes == [0, 2, 0x68, 0x69])
    #expect(candidates.contains { $0.bytes == [0, 0] })
    #expect(candidates.contains { $0.bytes.prefix(2) == [0x10, 0x01] && $0.bytes.count == 4_099 })
    let hash = try Shipped.program("sum", "server", framing: .delimiter("|"))
    let other = InputCatalogue(hash).candidates(for: try wait(hash, "number"))
    #expect(other.first?.text == "2|")
  }

  @Test("hold binary messages that are told apart") func content() throws {
    let program = try Shipped.program("content", "server")
    let wait = try wait(program, "text")
    let candidates = InputCatalogue(program).candidates(for: wait)
    #expect(Set(candidates.map(\.name)) == ["text", "integer", "boolean", "json", "unknown"])
    let largest: [UInt8] = [2, 0, 0, 0, 8, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(candidates.first { $0.bytes == largest }?.label == "value is the largest number")
    // A tag that another message has is not unknown.
    #expect(
      candidates.filter { $0.name == "unknown" }.allSatisfy { !(1...4).contains($0.bytes[0]) }
    )
  }

  @Test("hold datagrams of nested records") func dns() throws {
    let program = try Shipped.program("real/dns", "server")
    let catalogue = InputCatalogue(program)
    let candidates = catalogue.candidates(for: try wait(program, "query"))
    let first: [UInt8] =
      [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7] + Array("example".utf8)
      + [3] + Array("com".utf8) + [0, 0, 1, 0, 1]
    #expect(candidates.first?.bytes == first)
    #expect(candidates.contains { $0.label == "id is the largest number" })
    #expect(catalogue.flood() == nil)
  }

  @Test("draw the same for the same seed, and only what the wait takes", arguments: Shipped.names)
  func random(_ name: String) throws {
    let spec = try Shipped.spec(name)
    for role in spec.spec.roles {
      let program = try Shipped.program(name, role.name.text)
      let catalogue = InputCatalogue(program)
      for wait in program.waits where !wait.messages.isEmpty {
        let expected = Set(wait.messages.map { Int($0.message) })
        var left = RandomSource(seed: 11)
        var right = RandomSource(seed: 11)
        for _ in 0..<10 {
          let drawn = catalogue.random(for: wait, using: &left)
          #expect(drawn == catalogue.random(for: wait, using: &right))
          #expect(drawn?.message.map(expected.contains) ?? true)
        }
        #expect(!catalogue.candidates(for: wait).isEmpty, "\(role.name.text) \(wait.expected)")
      }
    }
  }

  @Test("hold answers to questions, those of the examples first") func answers() throws {
    let content = try Shipped.program("content", "client")
    let kinds = InputCatalogue(content).answers(to: content.questions[0])
    #expect(kinds == ["text", "integer", "boolean", "json", "end"])
    let sum = try Shipped.program("sum", "client")
    let catalogue = InputCatalogue(sum)
    let entries = catalogue.answers(to: sum.questions[0])
    #expect(entries.prefix(3) == ["2", "4", "1"])
    #expect(entries.contains("#") && entries.contains(""))
    #expect(!entries.contains("hello"))
    var random = RandomSource(seed: 3)
    for _ in 0..<50 {
      let answer = try #require(catalogue.randomAnswer(to: sum.questions[0], using: &random))
      #expect(sum.questions[0].type.value(of: answer) != nil)
    }
  }

  @Test("hold garbage and floods") func garbage() throws {
    var random = RandomSource(seed: 5)
    let sum = InputCatalogue(try Shipped.program("sum", "server"))
    let garbage = sum.garbage(using: &random)
    #expect(garbage.count == 5)
    #expect(garbage.allSatisfy { $0.kind == .invalid && !$0.bytes.isEmpty })
    let flood = try #require(sum.flood())
    #expect(flood.byteCount == 10 << 20)
    #expect(flood.label == "a message of 10 MiB without an end")
    #expect(InputCatalogue(try Shipped.program("length", "server")).flood() == nil)
  }
}
