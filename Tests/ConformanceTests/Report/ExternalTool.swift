// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Programs that know a format better than we do.
enum ExternalTool {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Runs a command in the root of the project; nil when there is no such program.
  static func run(_ words: [String], input: String) throws -> (status: Int32, output: String)? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: root)
    let source = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(input.utf8).write(to: source)
    defer { try? FileManager.default.removeItem(at: source) }
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // What `env` and shells say of a program that is missing.
    if process.terminationStatus == 127 { return nil }
    return (process.terminationStatus, String(decoding: written, as: UTF8.self))
  }
}
