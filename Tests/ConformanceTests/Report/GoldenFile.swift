// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Texts that are kept in `Golden/` and compared verbatim.
///
/// `PNPRUN_RECORD=1 swift test --filter GoldenTests` writes them anew; the tests fail while they
/// record.
enum GoldenFile {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  static func path(_ name: String) -> String { folder.appending(path: name).path }

  static func expect(
    _ text: String,
    in name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if ProcessInfo.processInfo.environment["PNPRUN_RECORD"] != nil {
      try text.write(toFile: path(name), atomically: true, encoding: .utf8)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let golden = try String(contentsOfFile: path(name), encoding: .utf8)
    #expect(text == golden, "\(name) differs", sourceLocation: sourceLocation)
  }
}
