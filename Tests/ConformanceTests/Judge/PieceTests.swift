// SPDX-License-Identifier: Apache-2.0
import Conformance
import ProtocolSpec
import Testing

@Suite("The judge where nothing marks the end of a message") struct PieceTests {
  @Test("takes what was sent apart as two messages") func apart() throws {
    var bench = try Bench("simplecalc", framing: .chunk)
    bench.connect()
    bench.send("125")
    bench.send("351")
    #expect(bench.demand == .owed)
    #expect(bench.see("476") == "ok")
    #expect(bench.seeClose() == "ok")
  }

  @Test("does not blame a program that found two messages in one piece") func joined() throws {
    var bench = try Bench("simplecalc", framing: .chunk)
    bench.connect()
    bench.send("125")
    bench.send("351")
    #expect(bench.silence() == "ok")
  }

  @Test("refutes a wrong sum all the same") func wrong() throws {
    var bench = try Bench("simplecalc", framing: .chunk)
    bench.connect()
    bench.send("125")
    bench.send("351")
    #expect(bench.see("477").hasPrefix("wrong: "))
  }
}
