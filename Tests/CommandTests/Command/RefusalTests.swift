// SPDX-License-Identifier: Apache-2.0
import Testing

/// What the command line says when it cannot do what it was told.
@Suite("a command line that cannot be obeyed")
struct RefusalTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var options: [String]
    var message: String

    init(_ name: String, _ options: [String], _ message: String) {
      self.name = name
      self.options = options
      self.message = message
    }

    var testDescription: String { ([name] + options).joined(separator: " ") }
  }

  private static let server = ["--role", "server"]

  static let cases = [
    Case("sum", [], "which role? add --role and one of: server, client"),
    Case(
      "sum",
      ["--role", "sever"],
      "\(Product.specification("sum")) has no role sever; its roles are: server, client"
    ),
    Case(
      "sum",
      server + ["--framing", "lines"],
      "--framing lines: write line, chunk, close, \"delimiter #\", \"length u16\", "
        + "\"size 128\" or \"headers Content-Length\""
    ),
    Case(
      "sum",
      server + ["--framing", "delimiter"],
      "--framing delimiter: write the delimiter behind the word, as in \"delimiter #\""
    ),
    Case(
      "sum",
      server + ["--framing", "size many"],
      "--framing size many: write the number of bytes, as in \"size 128\""
    ),
    Case(
      "sum",
      server + ["--framing", "headers Content-Length"],
      "--framing headers Content-Length: the messages of this file have no header lines"
    ),
    Case(
      "real/http",
      server + ["--framing", "line"],
      "--framing line: the messages of this file need their header lines"
    ),
    Case(
      "sum",
      server + ["--pace", "3"],
      "--pace 3: write a duration such as 50ms or 1s"
    ),
    Case(
      "sum",
      server + ["--fault", "loss 10%"],
      "--fault loss is for UDP, over TCP every byte arrives once and in order: "
        + "write split, delay or reset after"
    ),
    Case(
      "sum",
      server + ["--fault", "delay 5"],
      "--fault delay 5: write a duration, as in \"delay 20ms\" or \"delay 20ms±10ms\""
    ),
    Case("bingo", server + ["--set", "interval"], "--set interval: write name=value"),
    Case(
      "bingo",
      server + ["--set", "intervall=1s"],
      "there is no setting intervall; did you mean interval?"
    ),
    Case(
      "bingo",
      server + ["--set", "interval=soon"],
      "soon does not fit the setting interval, which is double: write a value like 10s"
    ),
    Case("sum", server + ["--set", "a=1"], "there is no setting a: this specification has none"),
  ]

  @Test("is refused in one line, with status 2", arguments: cases)
  func refused(refusal: Case) throws {
    let outcome = try Pnprun.run([Product.specification(refusal.name)] + refusal.options)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: \(refusal.message)\n")
    #expect(outcome.output == "")
  }

  @Test("a file that does not exist")
  func missingFile() throws {
    let outcome = try Pnprun.run(["no/such.yaml", "--role", "server"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: cannot read no/such.yaml: there is no such file\n")
  }

  @Test("a directory in place of a specification")
  func directory() throws {
    let folder = try Scratch()
    let outcome = try Pnprun.run([folder.path, "--role", "server"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: \(folder.path) is a directory\n")
  }

  @Test("a specification with a mistake")
  func mistake() throws {
    let folder = try Scratch()
    let path = try folder.specification("sync", adding: "colour: red")
    let outcome = try Pnprun.run([path, "--role", "server"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.contains("--> \(path):60:1\n"))
  }

  @Test(
    "an option that does not exist, or with a value that does not fit",
    arguments: [
      (["--rolle", "server"], "Error: Unknown option '--rolle'. Did you mean '--role'?"),
      (["--port", "70000"], "Error: The value '70000' is invalid for '--port <port>'"),
      (["--sessions", "0"], "Error: --sessions needs a number from 1."),
      (["--unix", ""], "Error: --unix needs a path."),
      (
        ["--selector", "kqueue"],
        "Error: The value 'kqueue' is invalid for '--selector <selector>'. "
          + "Please provide one of 'epoll', 'poll' or 'select'."
      ),
    ]
  )
  func options(options: [String], firstLine: String) throws {
    let outcome = try Pnprun.run([Product.specification("sum")] + options)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.split(separator: "\n").first.map(String.init) == firstLine)
  }

  @Test("a port that is in use")
  func portInUse() throws {
    let first = try Server("sum")
    let arguments = [Product.specification("sum"), "--role", "server", "--port", "\(first.port)"]
    let outcome = try Pnprun.run(arguments)
    #expect(outcome.ending == .exit(1))
    let message = "cannot listen at 127.0.0.1:\(first.port): the address is already in use"
    #expect(outcome.errors == "pnprun: \(message)\n")
  }

  @Test("nobody listens")
  func nobodyListens() throws {
    let port = try ListeningPeer().port
    let client = try Pnprun.client("sum", port: port)
    #expect(try client.wait() == .exit(1))
    #expect(
      client.errors.text == "pnprun: cannot connect to 127.0.0.1:\(port): connection refused\n"
    )
  }

  @Test("a host that does not exist")
  func unknownHost() throws {
    let arguments = [Product.specification("sum"), "--role", "client", "--host", "no..host"]
    let outcome = try Pnprun.run(arguments)
    #expect(outcome.ending == .exit(1))
    #expect(outcome.errors.hasPrefix("pnprun: cannot find the host no..host: "))
  }
}
