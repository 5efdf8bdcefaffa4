// SPDX-License-Identifier: Apache-2.0
import Testing

/// The programs of the course that use UDP, and the small ones that use TCP.
@Suite("the lecture's other programs talk with our roles", .serialized)
struct OtherLectureTests {
  @Test("udphello: their client, our server")
  func helloClient() throws {
    let server = try Role.start("udphello", "server", ["--port", "0"])
    let client = try Role.lecture("udpclient", port: try Role.port(of: server))
    #expect(try client.wait() == .exit(0))
    #expect(try server.wait() == .exit(0))
    #expect(server.output.text.hasPrefix("Hello world from 127.0.0.1:"))
  }

  @Test("udphello: their server, our client")
  func helloServer() throws {
    let server = try Role.lecture("udpserver", port: 0)
    let port = try Role.port(of: server)
    let client = try Role.start("udphello", "client", ["--port", "\(port)"])
    #expect(try client.wait() == .exit(0))
    #expect(try server.wait() == .exit(0))
    #expect(server.output.text.hasPrefix("(b'Hello world', ('127.0.0.1', "))
  }

  @Test("udpopenport: their client, our server")
  func openPortClient() throws {
    let server = try Server("udpopenport")
    let client = try Role.lecture("udpopenport_client", port: server.port)
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == "Hello from me also\nWoow..we speak on the edge\n")
    #expect(try server.process.output.lines(2) == ["Hello", "Hello again"])
  }

  @Test("udpopenport: their server, our client")
  func openPortServer() throws {
    let server = try Role.lecture("udpopenport_server", port: 0)
    let port = try Role.port(of: server)
    let client = try Role.start("udpopenport", "client", ["--port", "\(port)"])
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == "Hello from me also\nWoow..we speak on the edge\n")
    #expect(try server.wait() == .exit(0))
    #expect(server.output.text == "Hello\nHello again\n")
  }

  @Test("multicast: their sender, two receivers of ours")
  func multicastSender() throws {
    let first = try Role.start("multicast", "receiver", ["--port", "0"])
    let port = try Role.port(of: first)
    let second = try Role.start("multicast", "receiver", ["--port", "\(port)"])
    _ = try Role.port(of: second)
    let sender = try Role.lecture("multicast_sender", port: port)
    #expect(try sender.wait() == .exit(0))
    #expect(try first.output.line() == "Hey all!")
    #expect(try second.output.line() == "Hey all!")
  }

  @Test("multicast: their receiver, our sender")
  func multicastReceiver() throws {
    let receiver = try Role.lecture("multicast_receiver", port: 0)
    let port = try Role.port(of: receiver)
    try receiver.errors.line(with: "joined the group")
    let sender = try Role.start("multicast", "sender", ["--port", "\(port)"])
    #expect(try sender.wait() == .exit(0))
    #expect(try receiver.wait() == .exit(0))
    #expect(receiver.output.text == "Hey all!\n")
  }

  @Test("socketlisten: their client, our server")
  func listenClient() throws {
    let server = try Server("socketlisten")
    #expect(try Role.lecture("socketclient", port: server.port).wait() == .exit(0))
    #expect(try server.process.wait() == .exit(0))
    #expect(server.process.output.text == "Server is listening...\n")
  }

  @Test("socketlisten: their server, our client")
  func listenServer() throws {
    let server = try Role.lecture("socketlisten", port: 0)
    let port = try Role.port(of: server)
    #expect(try Role.start("socketlisten", "client", ["--port", "\(port)"]).wait() == .exit(0))
    #expect(try server.wait() == .exit(0))
  }

  @Test("sockrecv: their client, our server")
  func recvClient() throws {
    let server = try Server("sockrecv")
    #expect(try Role.lecture("socksend", port: server.port).wait() == .exit(0))
    #expect(try server.process.wait() == .exit(0))
    let lines = server.process.output.text.split(separator: "\n")
    #expect(lines.first == "Listening for connection: ")
    #expect(lines.dropFirst().first?.hasPrefix("Connection received from 127.0.0.1:") == true)
    #expect(lines.dropFirst(3).joined() == "Hey man, what's up?Are you there?")
  }

  @Test("sockrecv: their server, our client")
  func recvServer() throws {
    let server = try Role.lecture("sockrecv", port: 0)
    let port = try Role.port(of: server)
    #expect(try Role.start("sockrecv", "client", ["--port", "\(port)"]).wait() == .exit(0))
    #expect(try server.wait() == .exit(0))
    #expect(server.output.text.contains("b\"Hey man, what's up?"))
  }

  @Test("acceptloop: their server, our client; and a server of ours that goes on")
  func acceptLoop() throws {
    let server = try Role.lecture("acceptloop", port: 0)
    let port = try Role.port(of: server)
    let client = try Role.start("socketlisten", "client", ["--port", "\(port)"])
    #expect(try client.wait() == .exit(0))
    #expect(try server.output.line() == "Connection received from 127.0.0.1")

    let ours = try Server("acceptloop")
    for _ in 0..<3 {
      #expect(try Role.lecture("socketclient", port: ours.port).wait() == .exit(0))
      #expect(try ours.process.output.line() == "Connection received from 127.0.0.1")
    }
  }

  @Test("relisten: their client, our server; their server, our client")
  func relisten() throws {
    let ours = try Server("relisten")
    for _ in 0..<5 {
      #expect(try Role.start("relisten", "client", ["--port", "\(ours.port)"]).wait() == .exit(0))
      #expect(try ours.process.output.line() == "Connection received from 127.0.0.1")
    }
    let server = try Role.lecture("relisten", port: 0)
    let port = try Role.port(of: server)
    let client = try Role.start("socketlisten", "client", ["--port", "\(port)"])
    #expect(try client.wait() == .exit(0))
    #expect(try server.output.line() == "Connection received")
  }

  @Test("helloselect and helloasync: their servers, our clients", arguments: HTTP.all)
  func helloServers(_ row: HTTP) throws {
    let server = try Role.lecture(row.name, port: 0)
    let port = try Role.port(of: server)
    let client = try Role.start(row.name, "client", ["--port", "\(port)"])
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == row.body + "\n")
  }

  @Test("helloselect and helloasync: curl and our servers", arguments: HTTP.all)
  func helloCurl(_ row: HTTP) throws {
    let server = try Server(row.name)
    let url = "http://127.0.0.1:\(server.port)/"
    let curl = try ChildProcess(try Product.tool("curl"), ["--silent", "--include", url])
    #expect(try curl.wait() == .exit(0))
    #expect(curl.output.text == "HTTP/1.1 200 OK\n\n" + row.body)
  }

  struct HTTP: CustomTestStringConvertible, Sendable {
    let name: String
    let body: String
    var testDescription: String { name }

    static let all = [
      HTTP(name: "helloselect", body: "Total 1"), HTTP(name: "helloasync", body: "Hello world"),
    ]
  }
}
