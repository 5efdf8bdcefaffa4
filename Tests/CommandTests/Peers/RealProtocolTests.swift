// SPDX-License-Identifier: Apache-2.0
import Testing

/// The real protocols over a socket: what is sent in one piece, and byte by byte.
@Suite("real protocols") struct RealProtocolTests {
  struct Exchange: CustomTestStringConvertible {
    let name: String
    let sent: String
    let answer: String

    var testDescription: String { name }
  }

  private static let exchanges = [
    Exchange(
      name: "memcached",
      sent: "set a 0 0 6\r\n\r\nEND\n\r\nget b a\r\nversion\r\nnonsense\r\nquit\r\n",
      answer: "STORED\r\nVALUE a 0 6\r\n\r\nEND\n\r\nEND\r\nVERSION pnprun\r\nERROR\r\n"
    ),
    Exchange(
      name: "smtp",
      sent:
        "ehlo me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<x@y.z>\r\nDATA\r\nHi\r\n\r\n..\r\nQUIT\r\n.\r\n"
        + "QUIT\r\n",
      answer: "220 localhost ready\r\n250-localhost\r\n250 PIPELINING\r\n250 OK\r\n250 OK\r\n"
        + "354 end with a line with a dot\r\n250 OK\r\n221 bye\r\n"
    ),
    Exchange(
      name: "http",
      sent: "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
        + "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      answer: "HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\nstored"
        + "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n\r\nhi"
    ),
    Exchange(
      name: "redis",
      sent:
        "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n1\r\n2\r\n*3\r\n$4\r\nMGET\r\n$1\r\nn\r\n$1\r\nk\r\n"
        + "*1\r\n$4\r\nQUIT\r\n",
      answer: "+OK\r\n*2\r\n$-1\r\n$4\r\n1\r\n2\r\n+OK\r\n"
    ),
  ]

  @Test("all in one piece, and more than one message in it", arguments: exchanges)
  func inOnePiece(_ exchange: Exchange) throws {
    let server = try Server("real/\(exchange.name)")
    let client = try server.connect()
    try client.send(exchange.sent)
    #expect(try client.all() == exchange.answer)
  }

  @Test("one byte at a time", arguments: exchanges)
  func byteByByte(_ exchange: Exchange) throws {
    let server = try Server("real/\(exchange.name)")
    let client = try server.connect()
    try client.trickle(exchange.sent)
    #expect(try client.all() == exchange.answer)
  }

  @Test("an end in the middle of what follows a line is one line in the log, and others go on")
  func anEndInTheMiddle() throws {
    let server = try Server("real/memcached")
    let client = try server.connect()
    try client.send("set a 0 0 100\r\nonly this")
    client.finishSending()
    #expect(try client.all() == "")
    #expect(
      try server.process.errors.line()?.hasSuffix(
        "connection closed in the middle of a message, after 24 bytes of it"
      ) == true
    )
    let other = try server.connect()
    try other.send("get a\r\nquit\r\n")
    #expect(try other.all() == "END\r\n")
  }
}
