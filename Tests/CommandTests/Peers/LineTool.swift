// SPDX-License-Identifier: Apache-2.0
import Testing

/// A program of somebody else that sends what is typed and shows what comes.
enum LineTool: String, CaseIterable, CustomTestStringConvertible {
  case nc
  case telnet

  var testDescription: String { rawValue }

  /// Starts it and waits until it is connected, as far as it says so.
  func connect(port: UInt16) throws -> ChildProcess {
    let process = try ChildProcess(try Product.tool(rawValue), ["127.0.0.1", "\(port)"])
    if self == .telnet { try process.output.line(with: "Escape character is '^]'.") }
    return process
  }

  /// What it shows until the server has hung up.
  func linesToTheEnd(_ process: ChildProcess) throws -> [String] {
    // Netcat waits for the end of both directions; telnet hangs up itself at the end of its input.
    if self == .nc { process.closeInput() }
    var lines: [String] = []
    while let line = try process.output.line() { lines.append(line) }
    #expect(try process.wait() == .exit(0))
    return lines
  }
}
