// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Messages with a start line, header lines and a body.
@Suite struct HeadedTests {
  private static let web = """
    pnprun: 1
    protocol: web
    framing: {headers: Content-Length}
    limits: {message: 300}
    messages:
      get:
        start: "GET {path:word} HTTP/1.{minor:0..1}"
        headers:
          Connection: "{connection=keep-alive}"
      post:
        start: "POST {path:word} HTTP/1.1"
        headers:
          Content-Type: "text/{kind:/[a-z]+/}{...}"
        body: "a={a:int}&b={b:int}"
      page:
        start: "HTTP/1.1 200 {reason=OK}"
        headers:
          X-Kind: "{kind:word}"
        body: "{text}"
      pieces:
        start: "HTTP/1.1 200 OK"
        headers:
          Transfer-Encoding: "chunked"
        body: "{text}"
      nothing:
        start: "HTTP/1.1 204 No Content"
      missing:
        start: "HTTP/1.1 404 Not Found"
      length:
        start: "HTTP/1.1 200 OK"
        headers:
          Content-Length: "{length:uint}"
        body: none
      bad:
        start: "HTTP/1.1 400 {reason}"
    roles:
      server:
        when:
          get:
            - if: get.path == "/"
              send: page(kind = get.connection, text = "č")
            - if: get.path == "/pieces"
              send: pieces(text = "0123456789abcdef")
            - if: get.path == "/none"
              send: nothing
            - if: get.path == "/head"
              send: length(length = 5)
            - if: get.path == "/missing"
              send: missing
          post:
            send: page(kind = post.kind, text = string(post.a + post.b))
          other:
            send: bad(reason = "Bad Request")
    """

  private func ask(_ sent: String, arrivesInBytes: Bool = false) throws -> [String] {
    let conversation = try Conversation(Self.web, sent, arrivesInBytes: arrivesInBytes)
    #expect(conversation.failure == nil)
    return conversation.answers
  }

  @Test(arguments: [false, true])
  func headersAreFoundWhateverTheirOrderAndCase(_ arrivesInBytes: Bool) throws {
    let answers = try ask(
      "GET / HTTP/1.1\r\nHost: x\r\ncONNECTION:close \r\nA: b\r\n\r\nGET / HTTP/1.0\r\n\r\n",
      arrivesInBytes: arrivesInBytes
    )
    let page = "HTTP/1.1 200 OK\r\nX-Kind: close\r\nContent-Length: 2\r\n\r\nč"
    #expect(answers == [page, page.replacingKind("keep-alive")])
  }

  @Test(arguments: [false, true])
  func theBodyIsReadByLengthAndInChunks(_ arrivesInBytes: Bool) throws {
    let head = "POST /sum HTTP/1.1\r\nContent-Type: text/form; charset=x\r\n"
    let answers = try ask(
      head + "Content-Length: 8\r\n\r\na=3&b=-5" + head
        + "Transfer-Encoding: chunked\r\n\r\n3\r\na=4\r\n5;x\r\n&b=38\r\n0\r\n\r\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(
      answers == [
        "HTTP/1.1 200 OK\r\nX-Kind: form\r\nContent-Length: 2\r\n\r\n-2",
        "HTTP/1.1 200 OK\r\nX-Kind: form\r\nContent-Length: 2\r\n\r\n42",
      ]
    )
  }

  @Test func theLengthIsSentWhereTheReaderNeedsIt() throws {
    #expect(
      try ask("GET /none HTTP/1.1\r\n\r\n") == ["HTTP/1.1 204 No Content\r\n\r\n"]
    )
    #expect(
      try ask("GET /missing HTTP/1.1\r\n\r\n")
        == ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
    )
    #expect(
      try ask("GET /head HTTP/1.1\r\n\r\n") == ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"]
    )
    #expect(
      try ask("GET /pieces HTTP/1.1\r\n\r\n")
        == [
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"
        ]
    )
  }

  @Test(arguments: [
    "PUT / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.2\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\na=3&b=5",
    "POST / HTTP/1.1\r\nContent-Type: image/png\r\nContent-Length: 7\r\n\r\na=3&b=5",
    "POST / HTTP/1.1\r\nContent-Type: text/form\r\nContent-Length: 7\r\n\r\na=3&b=x",
  ])
  func aMessageThatDiffersInAnyPartIsAnother(_ sent: String) throws {
    #expect(try ask(sent) == ["HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"])
  }

  @Test func aLineBreakInAHeaderIsNotSent() throws {
    let spec = Self.web.replacing("reason = \"Bad Request\"", with: "reason = \"a\\r\\nX\"")
    let conversation = try Conversation(spec, "PUT / HTTP/1.1\r\n\r\n", arrivesInBytes: false)
    #expect(conversation.answers == [])
    #expect(
      conversation.failure?.contains("message `bad`: a line of the header contains a line break")
        == true
    )
  }

  @Test func aMessageAboveTheLimitIsRefused() throws {
    let conversation = try Conversation(
      Self.web,
      "POST / HTTP/1.1\r\nContent-Length: 300\r\n\r\n",
      arrivesInBytes: true
    )
    #expect(conversation.failure == "a message is longer than 300 bytes")
  }
}

extension String {
  fileprivate func replacingKind(_ kind: String) -> String {
    replacing("X-Kind: close", with: "X-Kind: \(kind)")
  }
}
