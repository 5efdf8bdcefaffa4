// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// Lengths, lists, records and variants.
@Suite struct BinaryStructureTests {
  @Test func aLengthFollowsFromWhatItMeasures() throws {
    let message = try TestCodec(
      """
      - length: u8
      - count: u16le
      - name: text[length]
      - numbers: u16 list[count]
      """
    )
    let bytes = hex("03 0200 e282ac 0001 0002")
    let values: [String: Value] = ["name": .string("€"), "numbers": .list([.int(1), .int(2)])]
    #expect(try message.encode(values) == bytes)
    let decoded = message.decode(bytes)
    #expect(decoded?["length"] == .int(3))
    #expect(decoded?["count"] == .int(2))
    #expect(decoded?["name"] == values["name"])
    #expect(decoded?["numbers"] == values["numbers"])
    #expect(
      message.problem(["name": .string(String(repeating: "a", count: 256)), "numbers": .list([])])
        == "256 does not fit the field `length`, which takes an integer from 0 to 255"
    )
  }

  @Test func oneLengthForTwoFieldsMustFitBoth() throws {
    let message = try TestCodec("- n: u8\n- a: bytes[n]\n- b: bytes[n]")
    #expect(try message.encode(["a": .bytes([1]), "b": .bytes([2])]) == [1, 1, 2])
    #expect(
      message.problem(["a": .bytes([1]), "b": .bytes([])])
        == "the field `n` cannot be 1 and 0 at once"
    )
  }

  @Test func listsGoOnToTheEndOrToTheirLastElement() throws {
    let rest = try TestCodec("- numbers: u16 list")
    #expect(rest.decode([]) == ["numbers": .list([])])
    #expect(rest.decode(hex("0001 0002")) == ["numbers": .list([.int(1), .int(2)])])
    #expect(rest.decode(hex("0001 00")) == nil)
    let zero = try TestCodec("- numbers: u8 list until 0\n- next: u8")
    #expect(
      zero.decode([1, 2, 0, 9]) == [
        "numbers": .list([.int(1), .int(2), .int(0)]), "next": .int(9),
      ]
    )
    #expect(zero.decode([1, 2]) == nil)
    let numbers = "the field `numbers` needs a list that ends with 0, each an integer from 0 to 255"
    for list in [[1, 2], [0, 1, 0], []] {
      let value = Value.list(list.map { .int($0) })
      #expect(
        zero.problem(["numbers": value, "next": .int(9)]) == numbers + ", and nowhere before"
      )
    }
    let texts = try TestCodec("- words: text until 0 list")
    #expect(
      texts.decode(Array("a\0\0bc\0".utf8))
        == ["words": .list([.string("a"), .string(""), .string("bc")])]
    )
    let matrix = try TestCodec("- rows: u8 list[2] list[2]")
    let rows = Value.list([.list([.int(1), .int(2)]), .list([.int(3), .int(4)])])
    #expect(matrix.decode([1, 2, 3, 4]) == ["rows": rows])
    #expect(try matrix.encode(["rows": rows]) == [1, 2, 3, 4])
  }

  /// The labels of a domain name (RFC 1035, section 3.1), as records.
  @Test func recordsAreMaps() throws {
    let message = try TestCodec(
      "- labels: label list until length == 0",
      types: "label:\n  - length: u8\n  - word: text[length]"
    )
    func label(_ word: String) -> Value {
      .record(["length": .int(word.utf8.count), "word": .string(word)])
    }
    let bytes = Array("\u{1}F\u{3}ISI\0".utf8)
    #expect(message.decode(bytes) == ["labels": .list([label("F"), label("ISI"), label("")])])
    let words = ["F", "ISI", ""].map { Value.record(["word": .string($0)]) }
    #expect(try message.encode(["labels": .list(words)]) == bytes)
    #expect(
      message.problem(["labels": .list([.record(["wrod": .string("F")])])])
        == "there is no field \"wrod\"; the fields are `length`, `word`"
    )
    #expect(
      message.problem(["labels": .list([.record([:])])]) == "the field `word` needs a value here"
    )
  }

  @Test func includedFieldsBelongToTheMessage() throws {
    let message = try TestCodec(
      "- include: header\n- body: bytes[length]",
      types: "header:\n  - version: u8 is 4\n  - length: u16"
    )
    #expect(
      message.decode(hex("04 0001 ff"))
        == ["version": .int(4), "length": .int(1), "body": .bytes([0xFF])]
    )
    #expect(message.decode(hex("06 0001 ff")) == nil)
    #expect(try message.encode(["body": .bytes([1, 2])]) == hex("04 0002 0102"))
  }

  /// The examples of the Redis serialization protocol, RESP2.
  private static let resp = """
    simple:
      - kind: text[1] is "+"
      - value: text until "\\r\\n"
    number:
      - kind: text[1] is ":"
      - value: int until "\\r\\n"
    nothing: ["$-1\\r\\n"]
    bulk:
      - "$"
      - length: int until "\\r\\n"
      - data: bytes[length]
      - "\\r\\n"
    array:
      - "*"
      - count: int until "\\r\\n"
      - elements: value list[count]
    value: simple | number | nothing | bulk | array
    """

  @Test func alternativesAreToldApartByConstants() throws {
    let message = try TestCodec("- value: value", types: Self.resp)
    func bulk(_ text: String) -> Value {
      .record(["length": .int(text.utf8.count), "data": .bytes(Array(text.utf8))])
    }
    func array(_ elements: [Value]) -> Value {
      .record(["count": .int(elements.count), "elements": .list(elements)])
    }
    let simple = Value.record(["kind": .string("+"), "value": .string("OK")])
    let number = Value.record(["kind": .string(":"), "value": .int(-1000)])
    let examples: [(String, Value)] = [
      ("+OK\r\n", simple), (":-1000\r\n", number), ("$-1\r\n", .record([:])),
      ("$5\r\nhello\r\n", bulk("hello")), ("$0\r\n\r\n", bulk("")), ("*0\r\n", array([])),
      ("*2\r\n$5\r\nhello\r\n$5\r\nworld\r\n", array([bulk("hello"), bulk("world")])),
      (
        "*3\r\n*1\r\n:-1000\r\n$-1\r\n+OK\r\n",
        array([array([number]), .record([:]), simple])
      ),
    ]
    for (text, value) in examples {
      #expect(message.decode(Array(text.utf8)) == ["value": value])
      #expect(try message.encode(["value": value]) == Array(text.utf8))
    }
    for text in ["?\r\n", "$5\r\nhell\r\n", "$-2\r\n", "*1\r\n", "+OK", "$5\r\nhelloX\r\n"] {
      #expect(message.decode(Array(text.utf8)) == nil, "\(text)")
    }
    #expect(
      message.problem(["value": .record(["name": .int(1)])])
        == "{\"name\": 1} fits none of the alternatives of the field `value`"
    )
  }

  @Test func nestingIsBounded() throws {
    let message = try TestCodec("- value: value", types: Self.resp)
    func nested(_ depth: Int) -> String { String(repeating: "*1\r\n", count: depth) + ":1\r\n" }
    #expect(message.decode(Array(nested(31).utf8)) != nil)
    #expect(message.decode(Array(nested(32).utf8)) == nil)
    #expect(message.decode(Array(nested(10_000).utf8)) == nil)
    var value = Value.record(["kind": .string(":"), "value": .int(1)])
    for _ in 0..<31 { value = .record(["elements": .list([value])]) }
    #expect(try message.encode(["value": value]) == Array(nested(31).utf8))
    #expect(message.problem(["value": .record(["elements": .list([value])])]) != nil)
  }

  @Test func constantsOfEveryKindAreRequired() throws {
    let message = try TestCodec(
      """
      - magic: bytes[2] is b"\\xca\\xfe"
      - mode: text until 0 is "octet"
      - scale: f32 is 1.0
      - host: ipv4 is "127.0.0.1"
      - b"\\xff"
      - "end"
      """
    )
    let bytes = hex("cafe 6f6374657400 3f800000 7f000001 ff 656e64")
    #expect(try message.encode([:]) == bytes)
    #expect(message.decode(bytes)?["mode"] == .string("octet"))
    for index in bytes.indices {
      var other = bytes
      other[index] ^= 1
      #expect(message.decode(other) == nil)
    }
    #expect(message.problem(["mode": .string("mail")]) == "the field `mode` is always \"octet\"")
  }

  @Test func defaultsAreSentWhenNothingIsGiven() throws {
    let message = try TestCodec("- ttl: u32 = 60\n- reason: text until 0 = \"File not found\"")
    #expect(try message.encode([:]) == hex("0000003c") + Array("File not found\0".utf8))
    #expect(try message.encode(["ttl": .int(1), "reason": .string("")]) == hex("0000000100"))
  }
}
