// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

@Suite struct RandomSourceTests {
  /// The reference output of SplitMix64 for the seed 1234567.
  @Test func theGeneratorIsTheOnePublished() {
    var source = RandomSource(seed: 1_234_567)
    #expect(source.next() == 6_457_827_717_110_365_317)
    #expect(source.next() == 3_203_168_211_198_807_973)
  }

  @Test func everyNumberOfAnIntervalComesUp() {
    var source = RandomSource(seed: 1)
    let drawn = Set((0..<200).map { _ in source.integer(from: 1, through: 5) })
    #expect(drawn == [1, 2, 3, 4, 5])
  }
}
