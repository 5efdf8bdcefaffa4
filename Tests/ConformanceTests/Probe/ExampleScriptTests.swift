// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import ProtocolSpec
import Testing

@Suite("Scripts of examples") struct ExampleScriptTests {
  private func scripts(
    _ name: String,
    _ role: String,
    _ example: String,
    framing: Framing? = nil
  ) throws -> [ExampleScript] {
    let program = try Shipped.program(name, role, framing: framing)
    let found = program.spec.spec.examples.first { $0.name.text == example }
    return try ExampleScript.scripts(try #require(found), for: program)
  }

  @Test("send to a server what its clients send") func server() throws {
    let script = try #require(try scripts("sum", "server", "negative numbers count too").first)
    #expect(
      script.steps.map(\.action.summary) == [
        "connect 1", "send 1 10\n", "send 1 -25\n", "send 1 #\n", "expect 1 -15", "end 1",
      ]
    )
    #expect(script.participants == [nil])
    #expect(script.typed == [])
    #expect(script.prints == [])
  }

  @Test("send to a client what its server sends, and type for it") func client() throws {
    let script = try #require(try scripts("sum", "client", "negative numbers count too").first)
    #expect(
      script.steps.map(\.action.summary) == [
        "connect 1", "expect 1 10", "expect 1 -25", "expect 1 #", "send 1 -15\n", "close 1",
      ]
    )
    #expect(script.typed == ["10", "-25", "#"])
    #expect(script.prints == ["-15"])
  }

  @Test("number the clients as they appear") func several() throws {
    let name = "a taken and an empty name are refused, and whoever leaves is announced"
    let script = try #require(try scripts("letstalk", "server", name).first)
    #expect(script.participants == ["Peter", "Sally", "impostor", "nobody"])
    let actions = script.steps.map(\.action.summary)
    #expect(
      actions.prefix(5) == [
        "connect 1", "send 1 Peter\n", "connect 2", "send 2 Sally\n",
        "expect 1 User Sally has entered room",
      ]
    )
    #expect(actions.suffix(2) == ["close 2", "expect 1 User Sally has left room"])
  }

  @Test("leave out what is not for the role") func other() throws {
    #expect(try scripts("sum", "client", "a word is an error").isEmpty)
    #expect(try scripts("letstalk", "server", "Peter's screen").isEmpty)
  }

  @Test("say why an example does not fit another framing") func misfit() throws {
    do {
      _ = try scripts("sum", "server", "six numbers", framing: .delimiter("#"))
      Issue.record("the end of the numbers is the delimiter")
    } catch let problem as ExampleScript.Problem {
      #expect(problem.message == "this message does not fit its framing")
    }
  }

  @Test("exist for every example", arguments: Shipped.names) func all(_ name: String) throws {
    let spec = try Shipped.spec(name)
    for example in spec.spec.examples {
      var count = 0
      for role in spec.spec.roles {
        let program = try Shipped.program(name, role.name.text)
        count += try ExampleScript.scripts(example, for: program).count
      }
      #expect(count > 0, "\(example.name.text)")
    }
  }
}

extension ExampleScript.Action {
  var summary: String {
    switch self {
    case .connect(let connection): "connect \(connection)"
    case .send(let bytes, let connection):
      "send \(connection) \(String(decoding: bytes, as: UTF8.self))"
    case .expect(.wire(let text), let connection): "expect \(connection) \(text)"
    case .expect(.named(let name, _), let connection): "expect \(connection) \(name.text)"
    case .silence(let seconds): "silence \(seconds)"
    case .close(let connection): "close \(connection)"
    case .expectEnd(let connection): "end \(connection)"
    }
  }
}
