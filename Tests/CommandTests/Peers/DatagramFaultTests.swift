// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("faults on purpose over UDP")
struct DatagramFaultTests {
  @Test("exactly what the trace says arrives, in that order, and the same seed repeats it")
  func lossy() throws {
    let faults = ["--fault", "loss 20%, duplicate 20%, reorder 20%", "--seed", "42"]
    let first = try run(faults)
    #expect(first.arrived == first.predicted)
    #expect(Set(first.arrived).count < Self.count && first.arrived.count != Self.count)
    let second = try run(faults)
    #expect(second.arrived == first.arrived)
  }

  private static let count = 60

  /// What arrives of numbers that are typed, and what is to arrive by the trace of the sender.
  private func run(_ faults: [String]) throws -> (arrived: [String], predicted: [String]) {
    let receiver = try Role.start("udpclientserver", "b", ["--listen", "0", "--port", "9"])
    let options = ["--listen", "0", "--port", "\(try Role.port(of: receiver))", "--trace"]
    let sender = try Role.start("udpclientserver", "a", options + faults)
    try sender.type((1...Self.count).map { "\($0)\n" }.joined())
    sender.closeInput()
    #expect(try sender.wait() == .exit(0))
    var predicted: [String] = []
    var held: [String] = []
    for line in sender.errors.text.split(separator: "\n") {
      guard let sent = line.firstMatch(of: /sent .*"(\d+)"(.*)/)?.output else { continue }
      if sent.2.contains("lost") { continue }
      let copies = Array(repeating: String(sent.1), count: sent.2.contains("twice") ? 2 : 1)
      if sent.2.contains("swapped with the next") {
        held = copies
      } else {
        predicted += copies + held
        held = []
      }
    }
    predicted += held
    let arrived = try receiver.output.lines(predicted.count).compactMap { $0 }
    return (arrived, predicted)
  }
}
