// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The program under test.
enum Pnprun {
  /// What a run that has ended has left.
  struct Outcome: Equatable {
    var ending: Ending
    var output: String
    var errors: String
  }

  /// Runs to the end, with such a text at the keyboard.
  static func run(
    _ arguments: [String],
    typed: String = "",
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try ChildProcess(Product.pnprun, arguments, environment: environment)
    try process.type(typed)
    process.closeInput()
    let ending = try process.wait()
    return Outcome(
      ending: ending,
      output: process.output.text,
      errors: process.errors.text
    )
  }

  /// Starts a client of a shipped protocol.
  static func client(
    _ name: String,
    port: UInt16,
    _ options: [String] = [],
    _ streams: ChildProcess.Streams = .pipes
  ) throws -> ChildProcess {
    let arguments = [Product.specification(name), "--role", "client", "--port", "\(port)"]
    return try ChildProcess(Product.pnprun, arguments + options, streams)
  }
}

/// A server of ours that listens.
final class Server {
  let process: ChildProcess
  /// As it reports the address that it listens on.
  let address: String
  let port: UInt16

  /// Starts a server and waits until it listens; one of the shipped protocols by its name.
  convenience init(
    _ name: String,
    _ options: [String] = [],
    _ streams: ChildProcess.Streams = .pipes
  ) throws {
    try self.init(path: Product.specification(name), options, streams)
  }

  /// Starts a server of another specification; a command of the shell may prepare for it.
  init(
    path: String,
    _ options: [String] = [],
    _ streams: ChildProcess.Streams = .pipes,
    shell: String? = nil
  ) throws {
    var arguments = [path, "--role", "server"] + options
    if !options.contains("--unix"), !options.contains("--port") { arguments += ["--port", "0"] }
    if let shell {
      let script = "\(shell); exec \"$0\" \"$@\""
      process = try ChildProcess("/bin/sh", ["-c", script, Product.pnprun] + arguments, streams)
    } else {
      process = try ChildProcess(Product.pnprun, arguments, streams)
    }
    guard let line = try process.errors.line(),
      let match = line.wholeMatch(of: /.* listens on (.+)/)
    else {
      throw Failure("the server did not start: \(process.errors.text)")
    }
    address = String(match.1)
    port = UInt16(address.split(separator: ":").last ?? "") ?? 0
  }

  func connect(receiveBuffer: Int32? = nil) throws -> Peer {
    try Peer(.ipv4(port), receiveBuffer: receiveBuffer)
  }

  /// Ends it as Ctrl-C does.
  func interrupt() throws -> Ending {
    process.send(signal: SIGINT)
    return try process.wait()
  }

  // MARK: - What it costs

  /// Bytes of memory that are really in use.
  func residentBytes() throws -> Int {
    let status = try contents(of: "/proc/\(process.identifier)/status")
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    guard let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Failure("no VmRSS in \(status)")
    }
    return kilobytes * 1024
  }

  /// Seconds of processor time so far.
  func processorSeconds() throws -> Double {
    let text = try contents(of: "/proc/\(process.identifier)/stat")
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      throw Failure("no times in \(text)")
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// How many descriptors it has open.
  func descriptorCount() throws -> Int {
    guard let directory = opendir("/proc/\(process.identifier)/fd") else {
      throw Failure.system("opendir")
    }
    defer { closedir(directory) }
    var count = -2  // . and ..
    while readdir(directory) != nil { count += 1 }
    return count
  }
}

/// The whole text of a file.
func contents(of path: String) throws -> String {
  guard let file = fopen(path, "re") else { throw Failure.system("open \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += buffer[..<count]
  }
}
