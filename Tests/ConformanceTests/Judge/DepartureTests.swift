// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("The judge when clients of a chat go")
struct DepartureTests {
  private func room() throws -> Bench {
    var bench = try Bench("letstalk")
    for (connection, name) in [(1, "ana\n"), (2, "bora\n"), (3, "cira\n")] {
      bench.connect(connection)
      bench.send(name, on: connection)
      for earlier in 1..<connection {
        _ = bench.see("User \(name.dropLast()) has entered room\n", on: earlier)
      }
    }
    return bench
  }

  @Test("lets the notice of a departure come before or behind what is said meanwhile")
  func notice() throws {
    var bench = try room()
    bench.close(3)
    bench.send("hi\n", on: 1)
    #expect(bench.see("ana: hi\nUser cira has left room\n", on: 1) == "ok")
    #expect(bench.see("User cira has left room\nana: hi\n", on: 2) == "ok")
    #expect(bench.silence() == "ok")
    #expect(bench.judge.omissions.isEmpty)
  }

  @Test("takes a notice that comes after it was waited for")
  func lateNotice() throws {
    var bench = try room()
    bench.close(3)
    #expect(bench.silence() == "ok")
    #expect(bench.see("User cira has left room\n", on: 1) == "ok")
    #expect(bench.see("User cira has left room\n", on: 2) == "ok")
    #expect(bench.judge.omissions.isEmpty)
  }

  @Test("lets what was sent before a reset be lost")
  func lost() throws {
    var bench = try room()
    bench.send("never read\n", on: 3)
    bench.close(3)
    #expect(bench.see("User cira has left room\n", on: 1) == "ok")
    #expect(bench.see("User cira has left room\n", on: 2) == "ok")
    #expect(bench.silence() == "ok")
  }
}
