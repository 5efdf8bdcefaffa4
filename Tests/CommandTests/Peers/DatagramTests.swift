// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@Suite("roles over UDP", .serialized)
struct DatagramTests {
  @Test("equals talk, each at its own port")
  func equals() throws {
    let first = try Role.start("udpclientserver", "a", ["--listen", "0", "--port", "9"])
    let port = try Role.port(of: first)
    let second = try Role.start("udpclientserver", "b", ["--listen", "0", "--port", "\(port)"])
    _ = try Role.port(of: second)
    try second.type("How are you?\n")
    #expect(try first.output.line() == "How are you?")
    second.closeInput()
    #expect(try second.wait() == .exit(0))
  }

  @Test("two peers find each other through a third computer")
  func rendezvous() throws {
    let server = try Server("udprendezvous")
    let options = ["--port", "\(server.port)"]
    let ana = try Role.start("udprendezvous", "client", options)
    let bora = try Role.start("udprendezvous", "client", options)
    try ana.type("ana\n")
    try bora.type("bora\n")
    try ana.output.wait(forEnd: "Whom to greet: ")
    try bora.output.wait(forEnd: "Whom to greet: ")
    try ana.type("bora\n")
    try bora.type("ana\n")
    #expect(try ana.wait() == .exit(0))
    #expect(try bora.wait() == .exit(0))
    #expect(ana.output.text.hasSuffix("bora says hello\n"))
    #expect(bora.output.text.hasSuffix("ana says hello\n"))
  }

  @Test("peers talk through a third computer, which tells of unknown ones")
  func relay() throws {
    let server = try Server("udprelay")
    let options = ["--port", "\(server.port)"]
    let ana = try Role.start("udprelay", "client", options)
    let bora = try Role.start("udprelay", "client", options)
    try ana.type("ana\n")
    try ana.output.wait(forEnd: "Talk to: ")
    try ana.type("bora\nToo early\n")
    try ana.output.wait(forEnd: "unknown peer\n")
    try bora.type("bora\n")
    try bora.output.wait(forEnd: "Talk to: ")
    try bora.type("ana\n")
    try ana.type("Are you there?\n")
    try bora.output.wait(forEnd: "ana: Are you there?\n")
    try bora.type("Yes, always\n")
    try ana.output.wait(forEnd: "bora: Yes, always\n")
  }

  @Test("the heartbeat server tells what time it is")
  func heartbeat() throws {
    let server = try Server("udpheartbeat", ["--set", "server_interval=50ms"])
    let client = try Role.start("udpheartbeat", "client", ["--port", "\(server.port)"])
    let before = time(nil)
    let told = try #require(try client.output.line().flatMap { Int($0) })
    #expect((before - 1...time(nil) + 1).contains(told))
    _ = try client.output.lines(2)
  }

  @Test("nobody there: one clear line")
  func refused() throws {
    let free = try Role.start("udphello", "server", ["--port", "0"])
    let port = try Role.port(of: free)
    free.send(signal: SIGINT)
    #expect(try free.wait() == .exit(130))
    let outcome = try Pnprun.run(
      [Product.specification("udpopenport"), "--role", "client", "--port", "\(port)"]
    )
    #expect(outcome.ending == .exit(1))
    #expect(outcome.errors == "pnprun: cannot send to 127.0.0.1:\(port): connection refused\n")
  }

  @Test("a server goes on after a client that is no longer there")
  func survivesRefusal() throws {
    let server = try Server("udpheartbeat", ["--set", "server_interval=20ms"])
    let client = try Role.start("udpheartbeat", "client", ["--port", "\(server.port)"])
    _ = try client.output.line()
    client.send(signal: SIGINT)
    #expect(try client.wait() == .exit(130))
    try server.process.errors.line(with: "connection refused")
    let next = try Role.start("udpheartbeat", "client", ["--port", "\(server.port)"])
    #expect(try next.output.line() != nil)
  }

  @Test("with a framing the conversation runs over TCP")
  func framing() throws {
    let server = try Server("udpopenport", ["--framing", "line"])
    let client = try server.connect()
    try client.send("Hello\n")
    #expect(try client.line() == "Hello from me also")
  }

  @Test(
    "options that make no sense over UDP are refused",
    arguments: [
      (["udphello", "client", "--unix", "x"], "--unix: there are no unix sockets over UDP"),
      (
        ["udphello", "client", "--listen", "9"],
        "--listen is for a role that `connects: peer`: use --port"
      ),
    ]
  )
  func options(_ words: [String], _ text: String) throws {
    let path = Product.specification(words[0])
    let outcome = try Pnprun.run([path, "--role"] + words.dropFirst())
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == "pnprun: \(text)\n")
  }

  @Test("a group that is none is explained")
  func noGroup() throws {
    let outcome = try Pnprun.run(
      [Product.specification("multicast"), "--role", "receiver", "--host", "127.0.0.1"]
    )
    #expect(outcome.ending == .exit(1))
    #expect(
      outcome.errors == "pnprun: cannot join the group 127.0.0.1:1001: that is no group address, "
        + "write one from 224.0.0.0 to 239.255.255.255\n"
    )
  }

  @Test("answers from a new port move the conversation there")
  func newPort() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "pages.yaml",
      """
      pnprun: 1
      protocol: pages
      transport: udp
      messages:
        read: "READ"
        page: "PAGE {number:int}"
        ack: "ACK {number:int}"
      roles:
        server:
          replies_from: new port
          steps:
            - expect: read
            - for: number in 1..3
              do:
                - send: page
                - expect: ack
                  where: ack.number == number
                  within: 2s
                  retry: 5
            - print: "done"
        client:
          steps:
            - send: read
            - repeat:
                - expect: page
                  within: 2s
                  retry: 5
                - print: "{page.number} from {sender.port != peer.port}"
                - send: ack(number = page.number)
              times: 3
      """
    )
    let server = try Server(path: path)
    let client = try Role.start(path: path, "client", ["--port", "\(server.port)"])
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == "1 from true\n2 from true\n3 from true\n")
    #expect(try server.process.output.line() == "done")
  }
}
