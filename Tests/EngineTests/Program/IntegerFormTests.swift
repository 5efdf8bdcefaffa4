// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct IntegerFormTests {
  private func read(
    _ text: String,
    low: Int = .min,
    high: Int = .max,
    width: Int32 = 0,
    isLast: Bool = true
  ) -> [Int]? {
    let form = MessagePattern.IntegerForm(low: low, high: high, width: width, isLast: isLast)
    return form.read(Array(text.utf8).span, from: 0, to: text.utf8.count)
      .map { [$0.value, $0.end] }
  }

  @Test func aNumberHasAnOptionalSignAndBlanksAround() {
    #expect(read("4") == [4, 1])
    #expect(read("-4") == [-4, 2])
    #expect(read("+4") == [4, 2])
    #expect(read("  4 \t") == [4, 5])
    #expect(read("007") == [7, 3])
    #expect(read("-0") == [0, 2])
  }

  @Test func blanksBehindANumberBelongToWhatFollowsIt() {
    #expect(read("4  ", isLast: false) == [4, 1])
  }

  @Test func whatIsNoNumberIsRefused() {
    for text in ["", " ", "-", "+", "x", "- 4", "--4"] { #expect(read(text) == nil, "\(text)") }
  }

  @Test func everyNumberOf64BitsIsReadAndNoneBeyond() {
    #expect(read("9223372036854775807") == [Int.max, 19])
    #expect(read("-9223372036854775808") == [Int.min, 20])
    #expect(read("9223372036854775808") == nil)
    #expect(read("-9223372036854775809") == nil)
    #expect(read("99999999999999999999999") == nil)
  }

  @Test func boundsAndWidthHold() {
    #expect(read("5", low: 1, high: 5) == [5, 1])
    #expect(read("6", low: 1, high: 5) == nil)
    #expect(read("042", low: 0, high: 599, width: 3) == [42, 3])
    #expect(read("42", low: 0, high: 599, width: 3) == nil)
    #expect(read("0421", low: 0, high: 599, width: 3) == [42, 3])
  }
}
