// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("The judge of datagrams that are sent again") struct RepetitionTests {
  @Test("takes the same answer to the same request again, or none") func repeatedRequest() throws {
    for isAnswered in [true, false] {
      var bench = try Bench("udpopenport")
      bench.connect()
      bench.send("Hello")
      #expect(bench.see("Hello from me also") == "ok")
      bench.send("Hello")
      if isAnswered { #expect(bench.see("Hello from me also") == "ok") }
      bench.send("Hello again")
      #expect(bench.see("Woow..we speak on the edge") == "ok")
      #expect(bench.silence() == "ok")
    }
  }

  @Test("refutes an answer that comes again without a request") func unasked() throws {
    var bench = try Bench("udpopenport")
    bench.connect()
    bench.send("Hello")
    #expect(bench.see("Hello from me also") == "ok")
    #expect(bench.see("Hello from me also").hasPrefix("extra"))
  }

  @Test("lets a client repeat its request as soon as it likes") func impatientClient() throws {
    var bench = try Bench("udpopenport", role: "client")
    bench.connect()
    #expect(bench.see("Hello") == "ok")
    bench.wait(seconds: 0.3)
    #expect(bench.see("Hello") == "ok")
    bench.send("Hello from me also")
    #expect(bench.see("Hello again") == "ok")
  }

  @Test("refutes a client that goes on without an answer") func hastyClient() throws {
    var bench = try Bench("udpopenport", role: "client")
    bench.connect()
    #expect(bench.see("Hello") == "ok")
    #expect(bench.see("Hello again") != "ok")
  }
}
