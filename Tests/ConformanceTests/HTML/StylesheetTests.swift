// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import Testing

@Suite("The colours of the page") struct StylesheetTests {
  private static let foregrounds = ["ink", "dim", "accent", "good", "bad", "doubt"]
  private static let backgrounds = ["page", "card", "soft", "good-soft", "bad-soft", "doubt-soft"]

  @Test("have a contrast of at least 4.5 on every background: light, dark and on paper")
  func contrast() throws {
    let style = try style()
    let schemes = style.matches(of: /:root \{(.*?)\}/.dotMatchesNewlines()).map { String($0.1) }
    #expect(schemes.count == 3)
    for scheme in schemes {
      var colours: [String: Double] = [:]
      for match in scheme.matches(of: /--([a-z-]+): #([0-9a-f]+);/) {
        colours[String(match.1)] = try luminance(String(match.2))
      }
      for foreground in Self.foregrounds {
        for background in Self.backgrounds {
          let one = try #require(colours[foreground])
          let other = try #require(colours[background])
          let ratio = (max(one, other) + 0.05) / (min(one, other) + 0.05)
          #expect(ratio >= 4.5, "\(foreground) on \(background) in \(scheme)")
        }
      }
    }
  }

  @Test("are all among those whose contrast is known") func named() throws {
    let rules = try style().replacing(/:root \{.*?\}/.dotMatchesNewlines(), with: "")
    #expect(rules.matches(of: /#[0-9a-f]{3}|rgb|hsl|opacity/).isEmpty)
    let used = Set(rules.matches(of: /var\(--([a-z-]+)\)/).map { String($0.1) })
    let known = Set(Self.foregrounds + Self.backgrounds + ["line", "mono"])
    #expect(used.subtracting(known).isEmpty)
    let behind = rules.matches(of: /background: var\(--([a-z-]+)\)/).map { String($0.1) }
    #expect(Set(behind).isSubset(of: Self.backgrounds))
    // Lines that only divide have no contrast to keep.
    #expect(!rules.contains(/[^-]color: var\(--line\)/))
  }

  /// The relative luminance of WCAG 2.2; a colour is three or six hexadecimal digits.
  private func luminance(_ digits: String) throws -> Double {
    let long = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : digits
    let value = try #require(Int(long, radix: 16))
    let parts = [16, 8, 0].map { shift in
      let part = Double(value >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func style() throws -> String {
    let page = HTMLReport.page(of: SampleReports.passing)
    let match = try #require(page.firstMatch(of: /<style>(.*?)<\/style>/.dotMatchesNewlines()))
    return String(match.1)
  }
}
