// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@Suite struct FramingTests {
  @Test(arguments: [
    ("line", Framing.line(ending: "\n")),
    ("chunk", .chunk),
    ("close", .close),
    ("delimiter #", .delimiter("#")),
    ("delimiter  ", .delimiter(" ")),
    ("length u16", .length(.init(bytes: 2))),
    ("length u16le", .length(.init(bytes: 2, isLittleEndian: true))),
    ("length u32 counts everything", .length(.init(bytes: 4, countsEverything: true))),
    ("length varint", .varint),
    ("length digits : ,", .digits(until: ":", end: ",")),
    ("length digits ;", .digits(until: ";", end: "")),
    ("size 128", .size(128)),
    ("headers Content-Length", .headers(length: "Content-Length", hasBody: true)),
  ])
  func theCommandLineNamesAFraming(_ text: String, _ framing: Framing) throws {
    #expect(try Framing(commandLine: text) == framing)
  }

  @Test(arguments: [
    (
      "lines",
      "write line, chunk, close, \"delimiter #\", \"length u16\", \"size 128\" or \"headers Content-Length\""
    ),
    (
      "length digits",
      "write what ends the digits and what ends the message, as in \"length digits : ,\""
    ),
    (
      "headers a b",
      "write the name of the header with the length, as in \"headers Content-Length\""
    ),
    ("delimiter", "write the delimiter behind the word, as in \"delimiter #\""),
    (
      "length 16",
      "write the width as u8, u16, u32, u64 or varint, as in \"length u16\" or \"length u32le\""
    ),
    ("size 0", "write the number of bytes, as in \"size 128\""),
  ])
  func theCommandLineExplainsWhatItCannotRead(_ text: String, _ message: String) {
    #expect {
      try Framing(commandLine: text)
    } throws: { error in
      (error as? FramingProblem)?.message == message
    }
  }

  @Test(arguments: [
    ("line", Framing.line(ending: "\n")),
    ("{line: \"\\r\\n\"}", .line(ending: "\r\n")),
    ("{delimiter: \"#\"}", .delimiter("#")),
    ("{length: u32, counts: everything}", .length(.init(bytes: 4, countsEverything: true))),
    ("{length: u64le}", .length(.init(bytes: 8, isLittleEndian: true))),
    ("{length: varint}", .varint),
    ("{length: digits, until: \":\", end: \",\"}", .digits(until: ":", end: ",")),
    ("{length: digits, until: \"\\n\"}", .digits(until: "\n", end: "")),
    ("{size: 128}", .size(128)),
    ("chunk", .chunk),
    ("close", .close),
  ])
  func theFileNamesAFraming(_ text: String, _ framing: Framing) throws {
    let (spec, diagnostics) = Loading.load(
      Loading.server("- expect: number or text", framing: text)
    )
    #expect(diagnostics.all.map(\.message) == [])
    #expect(try #require(spec).spec.framing == framing)
  }
}
