// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension FailedTest {
  /// What the author's rules for hints can ask for.
  var words: (kind: FailureKind, expected: String, got: String)? {
    switch failure.kind {
    case .mismatch(let mismatch):
      let names = mismatch.expected.compactMap(\.name)
      let kind: FailureKind =
        switch mismatch.kind {
        case .wrong: .wrong
        case .extra: .extra
        case .nothing, .open: .timeout
        case .incomplete: .framing
        case .closed, .reset: .closed
        }
      return (
        kind, Set(names).sorted().joined(separator: " or "),
        String(decoding: mismatch.got, as: UTF8.self)
      )
    case .refused, .notAccepted, .neverConnected: return (.refused, "", "")
    case .ended: return (.crash, "", "")
    case .wrongSource, .screen, .measured, .undecided: return nil
    }
  }
}

extension [UInt8] {
  /// As the format of the shell command `printf`, between single quotes.
  var asPrintfText: String {
    map { byte in
      switch byte {
      case UInt8(ascii: "\n"): "\\n"
      case UInt8(ascii: "\r"): "\\r"
      case UInt8(ascii: "\\"): "\\\\"
      case UInt8(ascii: "%"): "%%"
      case UInt8(ascii: "'"): "\\047"
      case 0x20..<0x7F: String(UnicodeScalar(byte))
      default: "\\" + Self.octal(byte)
      }
    }
    .joined()
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}
