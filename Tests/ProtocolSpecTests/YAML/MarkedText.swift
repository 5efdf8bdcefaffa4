// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// A sample with a place in it: `a: «b» c` is the text `a: b c` and the range 3 to 4.
struct MarkedText {
  var bytes: [UInt8] = []
  var range = SourceRange(0, 0)

  init(_ marked: String) {
    for character in marked {
      switch character {
      case "«": range = SourceRange(bytes.count, bytes.count)
      case "»": range.upper = bytes.count
      default: bytes += Array(String(character).utf8)
      }
    }
  }

  var file: SourceFile { SourceFile(name: "test.yaml", bytes: bytes) }
}
