// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Verdicts") struct VerdictTests {
  @Test("worsen from pass to error") func order() {
    let verdicts: [Verdict] = [.fail, .notRun, .error, .pass, .inconclusive, .warn]
    #expect(verdicts.sorted() == [.notRun, .pass, .warn, .inconclusive, .fail, .error])
  }
}
