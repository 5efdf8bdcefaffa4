// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// Which messages take all others away when they stand first.
@Suite struct ReachabilityTests {
  private func messages(_ first: String, _ second: String, caseRule: String = "exact") -> [String] {
    let text = """
      pnprun: 1
      protocol: test
      framing: line
      case: \(caseRule)
      messages:
        first: "\(first)"
        second: "\(second)"
      roles:
        server:
          when:
            first: pass
            second: pass
      """
    return Loading.load(text).diagnostics.all.map(\.message)
  }

  private let unreachable =
    "`second` can never be reached: every such message already fits `first`"

  @Test(arguments: [
    ("{text}", "QUIT"),
    ("{...}", "{n:int}"),
    ("{n:int}", "{n:1..5}"),
    ("{n:1..9}", "{n:2..5}"),
    ("{n:int}", " +12 "),
    ("{move:rock | paper}", "paper"),
    ("{move:word}", "{move:rock | paper}"),
    ("ERR {reason}", "ERR bad number"),
    ("ERR {reason}", "ERR {code:int}"),
    ("{name}: {text}", "{from}: {n:int}"),
    ("GET {path}", "GET {path} HTTP/1.1"),
  ])
  func theSecondIsNeverReached(_ first: String, _ second: String) {
    #expect(messages(first, second) == [unreachable])
  }

  @Test(arguments: [
    ("QUIT", "{text}"),
    ("{n:1..5}", "{n:int}"),
    ("{n:int}", "{text}"),
    ("{move:word}", "two words"),
    ("{a} {b}", "single"),
    ("GET {path}", "GETTING"),
    ("<{text}>", "<"),
    ("quit", "QUIT"),
  ])
  func bothCanBeReached(_ first: String, _ second: String) {
    #expect(messages(first, second) == [])
  }

  @Test func upperAndLowerCaseCanBeEqual() {
    #expect(messages("quit", "QUIT", caseRule: "ignore") == [unreachable])
  }
}
