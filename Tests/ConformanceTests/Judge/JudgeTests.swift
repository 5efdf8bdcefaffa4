// SPDX-License-Identifier: Apache-2.0
import Conformance
import ProtocolSpec
import Testing

@Suite("The judge of one session") struct JudgeTests {
  @Test("accepts every secret of guessnumber that the answer is consistent with")
  func honestGuess() throws {
    var bench = try Bench("guessnumber")
    bench.connect()
    #expect(bench.demand == .nothing)
    bench.send("4\n")
    #expect(bench.demand == .owed)
    #expect(bench.see("Wrong! I guessed 1 and you typed 4\n") == "ok")
    #expect(bench.seeClose() == "ok")
    #expect(bench.silence() == "ok")
    #expect(bench.judge.draws.map(\.value) == [.int(1)])
  }

  @Test("refutes an answer that contradicts itself, and lists what would have been right")
  func lyingGuess() throws {
    var bench = try Bench("guessnumber")
    bench.connect()
    bench.send("4\n")
    let finding = bench.see("Wrong! I guessed 4 and you typed 4\n")
    #expect(
      finding == """
        wrong: Nice! I guessed that number
        |Wrong! I guessed 1 and you typed 4
        |Wrong! I guessed 2 and you typed 4
        |Wrong! I guessed 3 and you typed 4
        |Wrong! I guessed 5 and you typed 4

        """
    )
  }

  @Test("takes a message in pieces and does not judge its beginning") func pieces() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("125\n")
    bench.send("-5\n#\n")
    #expect(bench.see("12") == "ok")
    #expect(bench.demand == .owed)
    #expect(bench.see("0\n") == "ok")
    #expect(bench.seeClose() == "ok")
  }

  @Test("misses the end of a message") func noDelimiter() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("1\n#\n")
    #expect(bench.see("1") == "ok")
    #expect(bench.silence() == "incomplete: 1\n")
    #expect(bench.seeClose() == "incomplete: 1\n")
  }

  @Test("misses an answer, and the end of the connection") func nothing() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("1\n#\n")
    #expect(bench.silence() == "nothing: 1\n")
    #expect(bench.see("1\n") == "ok")
    #expect(bench.silence() == "open: <close>")
  }

  @Test("sees that a connection is closed too early") func closedEarly() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("1\n")
    #expect(bench.seeClose() == "closed: ")
  }

  @Test("takes any text where the role leaves it open, and misses a should only as an omission")
  func openText() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("two\n")
    #expect(bench.demand == .owed)
    #expect(bench.see("ERR what is this?\n") == "ok")
    #expect(bench.seeClose() == "ok")
    #expect(bench.judge.omissions.isEmpty)
    var terse = try Bench("sum")
    terse.connect()
    terse.send("two\n")
    #expect(terse.seeClose() == "ok")
    #expect(terse.judge.omissions == ["error"])
  }

  @Test("lets the reason of an error repeat what was sent, text or not") func repeatedBytes() throws
  {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("two\n")
    #expect(bench.see(Array("ERR no number: ".utf8) + [0xFF, 0xFE, 0x0A]) == "ok")
  }

  @Test("does not ask for more than the role says: a message nobody asked for is extra")
  func extra() throws {
    var bench = try Bench("sum")
    bench.connect()
    #expect(bench.see("Welcome!\n") == "extra: ")
  }

  @Test("compares values, not spellings") func spelling() throws {
    var bench = try Bench("sum")
    bench.connect()
    bench.send("7\n#\n")
    #expect(bench.see(" +7 \n") == "ok")
    var wrong = try Bench("sum")
    wrong.connect()
    wrong.send("7\n#\n")
    #expect(wrong.see("7.0\n") == "wrong: 7\n")
  }

  @Test("finds the total that only the right cell of the table explains") func table() throws {
    var bench = try Bench("paperstonescissors")
    bench.connect()
    bench.send("1\n")
    #expect(bench.see("I select Stone\n") == "ok")
    #expect(bench.see("I won\n") == "wrong: You won\n")
  }

  @Test("takes chunks of the lecture's programs, glued or not") func chunk() throws {
    var bench = try Bench("sync", framing: .chunk)
    bench.connect()
    #expect(bench.see("Hello and wel") == "ok")
    #expect(bench.see("come") == "ok")
    bench.send("x")
    #expect(bench.see("Thank you") == "ok")
    #expect(bench.seeClose() == "ok")
  }
}

@Suite("The judge of several sessions") struct SharedJudgeTests {
  @Test("follows a chat whose messages cross") func chat() throws {
    var bench = try Bench("letstalk")
    for connection in 1...2 { bench.connect(connection) }
    bench.send("Ana\n", on: 1)
    #expect(bench.demand == .nothing)
    bench.send("Bora\n", on: 2)
    #expect(bench.see("User Bora has entered room\n", on: 1) == "ok")
    bench.send("hi\n", on: 1)
    bench.send("ho\n", on: 2)
    // The program may have read Bora's message first.
    #expect(bench.see("Bora: ho\n", on: 1) == "ok")
    #expect(bench.see("Bora: ho\nAna: hi\n", on: 2) == "ok")
    #expect(bench.see("Ana: hi\n", on: 1) == "ok")
    #expect(bench.silence() == "ok")
  }

  @Test("refutes two orders of one broadcast") func tornOrder() throws {
    var bench = try Bench("letstalk")
    for connection in 1...2 { bench.connect(connection) }
    bench.send("Ana\n", on: 1)
    bench.send("Bora\n", on: 2)
    #expect(bench.see("User Bora has entered room\n", on: 1) == "ok")
    bench.send("hi\n", on: 1)
    bench.send("ho\n", on: 2)
    #expect(bench.see("Bora: ho\nAna: hi\n", on: 1) == "ok")
    #expect(bench.see("Ana: hi\nBora: ho\n", on: 2) == "wrong: Bora: ho\n")
  }

  @Test("counts requests over all connections in any order") func counter() throws {
    var bench = try Bench("helloselect")
    for connection in 1...2 {
      bench.connect(connection)
      bench.send("GET / HTTP/1.0\r\n\r\n", on: connection)
    }
    #expect(bench.see("HTTP/1.1 200 OK\r\n\r\nTotal 2", on: 1) == "ok")
    #expect(bench.seeClose(1) == "ok")
    #expect(bench.see("HTTP/1.1 200 OK\r\n\r\nTotal 2", on: 2) == "ok")
    #expect(bench.seeClose(2).hasPrefix("wrong"))
  }

  @Test("reads a draw of 5 out of 47 off the wire and judges the hits by it") func bingo() throws {
    var bench = try Bench("bingo")
    bench.connect(1)
    bench.connect(2)
    bench.send("1 2 3 4 5\n", on: 1)
    #expect(bench.see("OK\n", on: 1) == "ok")
    #expect(bench.demand == .nothing)
    bench.wait(seconds: 10)
    #expect(bench.demand == .owed)
    #expect(bench.see("Drawn: 1 2 3 46 47\n", on: 1) == "ok")
    #expect(bench.see("You hit 2\n", on: 1) == "wrong: You hit 3\n")
    #expect(bench.see("Drawn: 1 2 3 46 48\n", on: 2).hasPrefix("wrong: Drawn: 1 2 3 46 47"))
  }

  @Test("refutes a draw with a number twice, or out of order") func badDraw() throws {
    for draw in ["4 4 9 23 31", "9 4 23 31 47", "1 2 3 4 48", "1 2 3 4"] {
      var bench = try Bench("bingo")
      bench.connect()
      bench.wait(seconds: 10)
      #expect(bench.see("Drawn: \(draw)\n") == "wrong: <drawn>")
    }
  }

  @Test("misses a draw that is due, but not before") func overdue() throws {
    var bench = try Bench("bingo")
    bench.connect()
    #expect(bench.silence(seconds: 9) == "ok")
    #expect(bench.silence(seconds: 4) == "nothing: <drawn>")
  }

  @Test("does not take a draw that comes much too early") func early() throws {
    var bench = try Bench("bingo")
    bench.connect()
    bench.wait(seconds: 5)
    #expect(bench.see("Drawn: 1 2 3 4 5\n") == "extra: ")
  }
}
