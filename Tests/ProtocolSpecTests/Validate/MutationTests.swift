// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// Whatever the file holds, there is a specification or an explanation, never a crash.
@Suite struct MutationTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let pieces = [
    "{", "}", "[", "]", "(", ")", ":", "=", "\"", "'", "|", "..", " of ", " in ", " or ", "-", "0",
    "/", "~", "\n", "  ", "send", "when", "if", "room", "me", "else", "after", "é",
    "99999999999999",
  ]

  @Test(arguments: Project.specifications)
  func aMutatedSpecificationIsExplained(_ name: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of \(name): \(seed)")
    var generator = Generator(state: seed)
    let original = try Loading.shipped(name).bytes
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, &generator) }
      let file = SourceFile(name: name, bytes: bytes)
      var diagnostics = Diagnostics()
      let spec = SpecLoader.load(file: file, into: &diagnostics)
      #expect((spec == nil) == diagnostics.hasErrors, "seed \(seed)")
      for diagnostic in diagnostics.all {
        let range = diagnostic.range
        #expect(0 <= range.lower && range.lower <= range.upper && range.upper <= bytes.count)
      }
      _ = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
    }
  }

  /// Removes, doubles or replaces a part.
  private func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
    guard bytes.count > 20 else { return }
    let lower = Int.random(in: 0..<bytes.count - 12, using: &generator)
    let upper = lower + Int.random(in: 0...12, using: &generator)
    switch Int.random(in: 0...5, using: &generator) {
    case 0: bytes.removeSubrange(lower..<upper)
    case 1: bytes.insert(contentsOf: Array(bytes[lower..<upper]), at: upper)
    case 2:
      let piece = Self.pieces.randomElement(using: &generator) ?? ""
      bytes.replaceSubrange(lower..<upper, with: piece.utf8)
    case 3, 4: copyLine(&bytes, &generator)
    default:
      let piece = Self.pieces.randomElement(using: &generator) ?? ""
      bytes.insert(contentsOf: piece.utf8, at: lower)
    }
  }

  /// Puts the content of one line, or its value alone, in the place of another one: mostly YAML.
  private func copyLine(_ bytes: inout [UInt8], _ generator: inout Generator) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let source = lines.randomElement(using: &generator) else { return }
    let target = Int.random(in: lines.indices, using: &generator)
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") }
    var kept = lines[target].prefix(while: isBlank)
    var content = source.drop(while: isBlank)
    if Bool.random(using: &generator), let colon = lines[target].firstIndex(of: UInt8(ascii: ":")) {
      kept = lines[target][...colon] + [UInt8(ascii: " ")]
      content = source.firstIndex(of: UInt8(ascii: ":")).map { source[($0 + 1)...] } ?? content
    }
    lines[target] = kept + content
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }
}
