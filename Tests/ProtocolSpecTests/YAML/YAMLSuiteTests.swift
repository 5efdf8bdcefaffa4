// SPDX-License-Identifier: Apache-2.0
import Foundation
import ProtocolSpec
import Testing

/// The public YAML test suite, when it is there.
struct YAMLSuiteTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var input: [UInt8]
    var events: String
    var isValid: Bool

    var testDescription: String { name }

    /// The texts of the `=VAL` lines of the expected events.
    var scalars: [String] {
      events.split(separator: "\n").filter { $0.contains("=VAL ") }.map { line in
        let value = line.split(separator: " ", omittingEmptySubsequences: false)
          .drop { $0 != "=VAL" }.dropFirst()
          .drop { $0.hasPrefix("&") || $0.hasPrefix("<") }
          .joined(separator: " ").dropFirst()
        var text = ""
        var isEscaped = false
        for character in value {
          switch (isEscaped, character) {
          case (false, "\\"): isEscaped = true
          case (false, _): text.append(character)
          case (true, let escaped):
            let escapes: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}"]
            text.append(escapes[escaped] ?? escaped)
            isEscaped = false
          }
        }
        return text
      }
    }
  }

  static let cases: [Case] = {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let suite = root.deletingLastPathComponent().appending(path: "shared/data/yaml-test-suite")
    guard let files = FileManager.default.enumerator(atPath: suite.path) else {
      print("the YAML test suite is not there: \(suite.path)")
      return []
    }
    return files.compactMap { $0 as? String }.filter { $0.hasSuffix("in.yaml") }.sorted().map {
      let folder = suite.appending(path: $0).deletingLastPathComponent()
      let read = { (name: String) in try? Data(contentsOf: folder.appending(path: name)) }
      return Case(
        name: String($0.dropLast("/in.yaml".count)),
        input: Array(read("in.yaml") ?? Data()),
        events: String(decoding: read("test.event") ?? Data(), as: UTF8.self),
        isValid: read("error") == nil
      )
    }
  }()

  /// Not YAML 1.2, but libyaml reads them: commas without items, `#` without a blank before it,
  /// `-` as a scalar in brackets, lines of a quoted text that are not indented.
  static let readThoughInvalid: Set = [
    "9C9N", "9JBA", "CVW2", "DK95/01", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW", "YJV2",
  ]

  /// Block scalars whose last line has no line break: libyaml adds none.
  static let withoutLastBreak: Set = ["JEF9/02", "L24T/01"]

  /// Why a valid input is refused: what a specification does not use, and what libyaml cannot read.
  static let reasons = [
    "this line is indented with a tab", "a specification has no ", "YAML takes `&`",
    "YAML takes `*`", "YAML takes `!`", "YAML takes `?`", "a second document starts here",
    "the file holds no specification", "a name is expected here", "a name is missing",
    "the invisible character",
  ]

  /// Valid, without any of the reasons above, and yet beyond libyaml: comments and values on the
  /// line after a key in brackets, `:` next to brackets, empty keys.
  static let beyondLibyaml: Set = [
    "4ABK", "4MUZ/00", "4MUZ/01", "4MUZ/02", "58MP", "5MUD", "5T43", "7Z25", "9SA2",
    "CFD4", "DBG4", "DK3J", "FP8R", "FRK4", "HM87/00", "HWV9", "K3WX", "M7A3", "NJ66",
    "QT73", "UT92", "VJP3/01",
  ]

  @Test(arguments: cases)
  func `gives a tree with the expected texts or located diagnostics`(_ yaml: Case) {
    let file = SourceFile(name: yaml.name, bytes: yaml.input)
    var diagnostics = Diagnostics()
    let tree = YAMLLoader.load(file, into: &diagnostics)
    #expect((tree == nil) == diagnostics.hasErrors)
    for diagnostic in diagnostics.all {
      for range in [diagnostic.range] + diagnostic.related.map(\.range) {
        #expect(0 <= range.lower && range.lower <= range.upper)
        #expect(range.upper <= yaml.input.count)
      }
    }
    if let tree {
      #expect(yaml.isValid != Self.readThoughInvalid.contains(yaml.name))
      checkPlaces(tree, in: file)
      if yaml.isValid, !Self.withoutLastBreak.contains(yaml.name) {
        #expect(tree.scalars.map(\.text) == yaml.scalars)
      }
    } else if yaml.isValid {
      let isKnown = diagnostics.all.allSatisfy { diagnostic in
        Self.reasons.contains { diagnostic.message.hasPrefix($0) }
      }
      #expect(isKnown != Self.beyondLibyaml.contains(yaml.name), "\(diagnostics.all)")
    }
  }
}
