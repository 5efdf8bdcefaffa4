// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Exercises
import Foundation
import ProtocolSpec
import Testing

/// The specifications of the folder `protocols`.
enum Shipped {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "protocols")

  /// The names of all of them, such as `real/dns`.
  static let names: [String] = {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return paths.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func spec(_ name: String) throws -> ValidatedSpec {
    let data = try Data(contentsOf: folder.appending(path: name + ".yaml"))
    var diagnostics = Diagnostics()
    let file = SourceFile(name: name, bytes: Array(data))
    return try #require(SpecLoader.load(file: file, into: &diagnostics))
  }

  /// A role of one of them, compiled.
  static func program(
    _ name: String,
    _ role: String,
    framing: Framing? = nil
  ) throws -> Program {
    let spec = try spec(name)
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == role })
    var hooks = HookRegistry()
    Exercises.register(in: &hooks)
    return Compiler.compile(spec, roleIndex: index, framing: framing, hooks: hooks)
  }
}

extension EncodedMessage {
  /// The bytes on the wire as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
