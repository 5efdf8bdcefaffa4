// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@Suite struct HeaderFramingTests {
  private static let http = Framing.headers(length: "Content-Length", hasBody: true)

  @Test(arguments: [1, 2, 3, 7, .max])
  func requestsEndAsTheirHeaderSaysHoweverTheyAreCut(_ step: Int) {
    let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    let post = "POST /a HTTP/1.1\r\ncontent-length:  5 \r\nHost: x\r\n\r\nab\r\nc"
    let chunked =
      "PUT /b HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nWiki\r\n"
      + "A;x=1\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n"
    let plain = "GET /c HTTP/1.0\nHost: y\n\n"
    let stream = Stream(get + post + chunked + plain + "GET", Self.http, step: step)
    #expect(stream.messages == [get, post, chunked, plain])
    #expect(stream.fault == nil)
    #expect(stream.leftover == 3)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    "HTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 304 Not Modified\r\nContent-Length: 17\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
  ])
  func answersEndAsTheirHeaderAndStatusSay(_ answer: String) {
    for step in [1, .max] {
      let stream = Stream(answer + answer, Self.http, step: step)
      #expect(stream.messages == [answer, answer])
    }
  }

  @Test func anAnswerWithoutLengthEndsWithTheStream() {
    let answer = "HTTP/1.0 200 OK\r\nServer: x\r\n\r\nsome text"
    for step in [1, .max] {
      #expect(Stream(answer, Self.http, step: step, closes: true).messages == [answer])
      #expect(Stream(answer, Self.http, step: step).leftover == answer.utf8.count)
    }
  }

  @Test func nothingFollowsTheHeaderOfAMessageWithoutBody() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    let stream = Stream(head + head, .headers(length: "Content-Length", hasBody: false), step: 1)
    #expect(stream.messages == [head, head])
  }

  @Test func oneEmptyLineBeforeAMessageIsSkipped() {
    let get = "\r\nGET / HTTP/1.1\r\n\r\n"
    #expect(Stream(get + get, Self.http, step: 1).messages == [get, get])
    #expect(Stream("\r\n\r\nGET / HTTP/1.1\r\n\r\n", Self.http).fault == .wrongHeader)
  }

  @Test func anotherHeaderMayHoldTheLength() {
    let message = "MSG 1\r\nSize: 3\r\nContent-Length: 9\r\n\r\nabc"
    let framing = Framing.headers(length: "Size", hasBody: true)
    #expect(Stream(message, framing, step: 1).messages == [message])
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost x\r\n\r\n", FrameFault.wrongHeader),
    ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", .wrongHeader),
    ("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", .wrongHeader),
    ("GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", .wrongHeader),
    ("GET / HTTP/1.1\r\nContent-Length: \r\n\r\n", .wrongContentLength),
    ("GET / HTTP/1.1\r\nContent-Length: +5\r\n\r\n", .wrongContentLength),
    ("GET / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\n", .wrongContentLength),
    ("GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", .differentContentLengths),
    (
      "GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
      .lengthAndChunks
    ),
    ("GET / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .unknownTransferCoding),
    ("GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", .tooLong),
    ("GET / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n", .tooLong),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", .wrongChunk),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", .wrongChunk),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n", .wrongChunk),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n", .wrongChunk),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", .wrongChunk),
    ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", .tooLong),
  ])
  func aMessageWhoseEndIsDoubtfulIsRefused(_ text: String, _ fault: FrameFault) {
    for step in [1, .max] {
      #expect(Stream(text, Self.http, step: step).fault == fault)
    }
  }

  @Test func aRepeatedLengthThatIsTheSameIsNoContradiction() {
    let post = "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab"
    #expect(Stream(post, Self.http).messages == [post])
  }

  @Test func aHeaderOrABodyLongerThanTheLimitIsRefused() {
    let long = String(repeating: "x", count: 100)
    #expect(Stream("GET /" + long, Self.http, step: 1, limit: 100).fault == .tooLong)
    let head = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunks = String(repeating: "1\r\na\r\n", count: 20)
    #expect(Stream(head + chunks, Self.http, step: 1, limit: 100).fault == .tooLong)
    let trailer = head + "0\r\n" + long
    #expect(Stream(trailer, Self.http, step: 1, limit: 100).fault == .tooLong)
    let answer = "HTTP/1.0 200 OK\r\n\r\n" + long
    #expect(Stream(answer, Self.http, step: 1, limit: 100, closes: true).fault == .tooLong)
  }
}
