// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// A text with one mistake, its place marked, and what is said about it.
struct FaultSample: Sendable, CustomTestStringConvertible {
  var text: String
  var message: String
  var help: String

  init(_ text: String, _ message: String, _ help: String) {
    self.text = text
    self.message = message
    self.help = help
  }

  var testDescription: String { text.debugDescription }

  func check() throws {
    let marked = MarkedText(text)
    let found = faults(marked.bytes)
    #expect(found.count == 1)
    let fault = try #require(found.first)
    #expect(fault.severity == .error)
    #expect(fault.message == message)
    #expect(fault.help == help)
    #expect(fault.range == marked.range)
  }
}
