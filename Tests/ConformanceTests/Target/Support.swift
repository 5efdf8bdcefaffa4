// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import ProtocolSpec
import Testing

/// Starts programs for the tests, and looks for what is left of them.
enum Start {
  /// A script of the shell.
  static func shell(
    _ script: String,
    port: UInt16 = 0,
    _ streams: TargetProcess.Streams = .pipes,
    limits: ProgramLimits = ProgramLimits(),
    mark: String = ""
  ) throws -> TargetProcess {
    try program(["sh", "-c", script], port, streams, limits, mark)
  }

  static func python(
    _ script: String,
    port: UInt16 = 0,
    _ streams: TargetProcess.Streams = .pipes,
    limits: ProgramLimits = ProgramLimits(),
    mark: String = ""
  ) throws -> TargetProcess {
    try program(["python3", "-c", script, "{port}"], port, streams, limits, mark)
  }

  private static func program(
    _ words: [String],
    _ port: UInt16,
    _ streams: TargetProcess.Streams,
    _ limits: ProgramLimits,
    _ mark: String
  ) throws -> TargetProcess {
    var command = try #require(ProgramCommand(words, address: .loopback(port: port)))
    if !mark.isEmpty { command.environment["TEST_MARK"] = mark }
    return try TargetProcess(command, streams, limits: limits)
  }
}

extension Instant {
  /// Far enough for a busy machine; only a test that fails waits for it.
  static var patience: Instant { seconds(30) }

  static func seconds(_ count: Int64) -> Instant {
    now().advanced(byNanoseconds: count * 1_000_000_000)
  }
}

/// A name that only the processes of one test have in their environment.
struct Mark {
  let name = "mark-\(UInt64.random(in: 0...UInt64.max))"

  /// How many processes live that have it.
  func count() throws -> Int {
    let folder = try #require(opendir("/proc"))
    defer { closedir(folder) }
    var found = 0
    while let entry = readdir(folder) {
      let process = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      guard process.first?.isNumber == true, let file = fopen("/proc/\(process)/environ", "re")
      else { continue }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = fread(&bytes, 1, bytes.count, file)
      if String(decoding: bytes[..<count], as: UTF8.self).contains(name) { found += 1 }
    }
    return found
  }
}
