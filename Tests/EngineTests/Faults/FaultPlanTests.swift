// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

@Suite("the value of --fault")
struct FaultPlanTests {
  @Test("every fault of UDP")
  func datagrams() throws {
    let text = "loss 10%, duplicate 5%,reorder 2.5% , delay 20ms±10ms"
    let plan = try FaultPlan(commandLine: text, isDatagram: true)
    var expected = FaultPlan()
    expected.loss = 0.1
    expected.duplicate = 0.05
    expected.reorder = 0.025
    expected.delay = FaultPlan.Delay(middle: 20_000_000, spread: 10_000_000)
    #expect(plan == expected)
  }

  @Test("every fault of TCP")
  func streams() throws {
    let plan = try FaultPlan(commandLine: "split 1..7, delay 5ms, reset after 3", isDatagram: false)
    var expected = FaultPlan()
    expected.split = 1...7
    expected.delay = FaultPlan.Delay(middle: 5_000_000)
    expected.resetAfter = 3
    #expect(plan == expected)
  }

  @Test("other ways to write the same")
  func spellings() throws {
    let plan = try FaultPlan(commandLine: "split 4, delay 0.1s +- 50ms", isDatagram: false)
    #expect(plan.split == 4...4)
    #expect(plan.delay == FaultPlan.Delay(middle: 100_000_000, spread: 50_000_000))
  }

  @Test(
    "a mistake is explained in one line",
    arguments: [
      ("", true, "write faults with commas between, as in \"loss 10%, delay 20ms\""),
      ("loss 1%,", true, "write faults with commas between, as in \"loss 10%, delay 20ms\""),
      ("lost 10%", true, "there is no fault lost; did you mean loss?"),
      (
        "jitter 3ms", true,
        "there is no fault jitter; write loss, duplicate, reorder or delay for UDP, "
          + "split, delay or reset after for TCP"
      ),
      ("loss", true, "loss: write a percentage, as in \"loss 10%\""),
      ("loss 10", true, "loss 10: write a percentage, as in \"loss 10%\""),
      ("reorder 101%", true, "reorder 101%: write a percentage, as in \"reorder 10%\""),
      ("duplicate nan%", true, "duplicate nan%: write a percentage, as in \"duplicate 10%\""),
      ("loss 1%, loss 2%", true, "loss is there twice, write it once"),
      (
        "delay 5", false,
        "delay 5: write a duration, as in \"delay 20ms\" or \"delay 20ms±10ms\""
      ),
      (
        "delay", false,
        "delay: write a duration, as in \"delay 20ms\" or \"delay 20ms±10ms\""
      ),
      (
        "delay 1s±2s±3s", false,
        "delay 1s±2s±3s: write a duration, as in \"delay 20ms\" or \"delay 20ms±10ms\""
      ),
      (
        "delay 10ms±20ms", false,
        "delay 10ms±20ms: write at most the delay itself behind the ±"
      ),
      (
        "split 0..3", false,
        "split 0..3: write how many bytes a piece has, as in \"split 1..7\" or \"split 1\""
      ),
      (
        "split 7..1", false,
        "split 7..1: write how many bytes a piece has, as in \"split 1..7\" or \"split 1\""
      ),
      (
        "split 1..", false,
        "split 1..: write how many bytes a piece has, as in \"split 1..7\" or \"split 1\""
      ),
      (
        "split", false,
        "split: write how many bytes a piece has, as in \"split 1..7\" or \"split 1\""
      ),
      ("reset 3", false, "reset 3: write after how many messages, as in \"reset after 3\""),
      (
        "reset after 0", false,
        "reset after 0: write after how many messages, as in \"reset after 3\""
      ),
      (
        "delay 5ms, loss 10%", false,
        "loss is for UDP, over TCP every byte arrives once and in order: "
          + "write split, delay or reset after"
      ),
      (
        "split 1..7", true,
        "split is for TCP, over UDP there are whole datagrams and no connections: "
          + "write loss, duplicate, reorder or delay"
      ),
      (
        "reset after 3", true,
        "reset is for TCP, over UDP there are whole datagrams and no connections: "
          + "write loss, duplicate, reorder or delay"
      ),
    ]
  )
  func mistake(text: String, isDatagram: Bool, message: String) {
    let problem = #expect(throws: FaultProblem.self) {
      try FaultPlan(commandLine: text, isDatagram: isDatagram)
    }
    #expect(problem?.message == message)
  }
}
