// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// Whatever the bytes are, loading ends with a tree or with diagnostics that can be shown.
struct RobustnessTests {
  static let sample = """
    pnprun: 1
    about: "Wörter \\"raten\\": \\u00e4"
    framing: {length: u16, counts: 'every''thing'}
    messages:
      guess: "{number:int}" # a comment
      list: [a, 'b', "c"]
    roles:
      server:
        steps:
          - set: word = tries
          - if: >-
              tries == 1 ?
              "try" : "tries"
            send: said(text = say.text)
          - larger: |
              > 4
              < 日本

    """

  private func check(_ bytes: [UInt8], _ note: String) {
    let file = SourceFile(name: "test.yaml", bytes: bytes)
    var diagnostics = Diagnostics()
    let tree = YAMLLoader.load(file, into: &diagnostics)
    #expect((tree == nil) == diagnostics.hasErrors, "\(note)")
    if let tree { checkPlaces(tree, in: file) }
    for diagnostic in diagnostics.all {
      #expect(
        0 <= diagnostic.range.lower && diagnostic.range.lower <= diagnostic.range.upper
          && diagnostic.range.upper <= bytes.count,
        "\(note): \(diagnostic)"
      )
    }
    if diagnostics.hasErrors {
      let text = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
      #expect(text.hasPrefix("error: "), "\(note)")
    }
  }

  @Test func `every prefix of a specification`() {
    let bytes = Array(Self.sample.utf8)
    for count in bytes.indices { check(Array(bytes[..<count]), "prefix \(count)") }
  }

  @Test func `random changes`() {
    let seed = UInt64.random(in: .min ... .max)
    print("random changes: seed \(seed)")
    var random = SplitMix(state: seed)
    let pieces = [
      "\"", "'", ":", ": ", "- ", "\n", "\t", "{", "}", "[", "]", "!", "&", "*", "|", ">", "%", "#",
      "\\", ",", "?", "---\n", "...", "<<", "é", "\u{FEFF}", "\0", "  ", "\r\n",
    ].map { Array($0.utf8) }
    for round in 0..<300 {
      var bytes = Array(Self.sample.utf8)
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0..<6, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default:
          bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        }
        if bytes.isEmpty { break }
      }
      check(bytes, "seed \(seed) round \(round)")
    }
  }

  static let large: [(name: String, line: String, tail: String)] = [
    ("entries", "key%: value\n", ""),
    ("equal entries", "key: value\n", ""),
    ("one plain line", "word ", ""),
    ("one quoted line", "\\n", "\""),
    ("folded text", "  word\n\n", ""),
    ("open brackets", "[", ""),
    ("flow entries", "a%: 'b',", "}"),
    ("characters", "é: ü%\n", ""),
    ("comments", "# word\n", ""),
    ("items", "- a\n", ""),
  ]

  @Test(arguments: large.indices)
  func `a large file takes bounded time`(_ index: Int) {
    let (name, line, tail) = Self.large[index]
    var bytes = Array(
      [
        "one plain line": "a: ", "one quoted line": "a: \"", "folded text": "a: >\n",
        "flow entries": "{",
      ][name, default: ""].utf8
    )
    var number = 0
    let limit = 1 << 18
    while bytes.count < limit {
      bytes += Array(line.replacing("%", with: String(number)).utf8)
      number += 1
    }
    bytes += Array(tail.utf8)
    let file = SourceFile(name: "test.yaml", bytes: bytes)
    var diagnostics = Diagnostics()
    let time = ContinuousClock().measure {
      _ = YAMLLoader.load(file, into: &diagnostics)
      _ = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
    }
    print("256 KiB of \(name): \(time)")
    // Quadratic work would take minutes.
    #expect(time < .seconds(20))
  }
}

/// A small generator with a seed (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
