// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

extension Node {
  /// Keys and values in the order of the file.
  var scalars: [ScalarText] {
    switch content {
    case .scalar(let scalar): [scalar]
    case .sequence(let items): items.flatMap(\.scalars)
    case .mapping(let entries): entries.flatMap { [$0.key] + $0.value.scalars }
    }
  }
}

/// Loads a text that has to be right.
func load(_ text: String, location: Testing.SourceLocation = #_sourceLocation) throws -> Node {
  var diagnostics = Diagnostics()
  let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
  let node = YAMLLoader.load(file, into: &diagnostics)
  #expect(diagnostics.all.isEmpty, sourceLocation: location)
  return try #require(node, sourceLocation: location)
}

/// What is found wrong in a text, in the order of the file.
func faults(_ bytes: [UInt8]) -> [Diagnostic] {
  var diagnostics = Diagnostics()
  _ = YAMLLoader.load(SourceFile(name: "test.yaml", bytes: bytes), into: &diagnostics)
  return diagnostics.sorted
}

func faults(_ text: String) -> [Diagnostic] { faults(Array(text.utf8)) }

/// Every byte of every scalar lies within the scalar, places never go back, and what was not written
/// as an escape or a fold stands in the file as itself.
func checkPlaces(_ tree: Node, in file: SourceFile) {
  for scalar in tree.scalars {
    let bytes = Array(scalar.text.utf8)
    var previous = scalar.range.lower
    let wrong = bytes.indices.first { offset in
      let place = scalar.range(offset, offset + 1)
      defer { previous = place.lower }
      if place.lower < previous || place.upper > file.bytes.count { return true }
      return place.upper == place.lower + 1 && bytes[offset] > UInt8(ascii: " ")
        && file.bytes[place.lower] != bytes[offset]
    }
    #expect(wrong == nil, "\(file.name): byte of \(scalar.text.debugDescription)")
  }
}
