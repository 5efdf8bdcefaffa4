// SPDX-License-Identifier: Apache-2.0
import Conformance
import Foundation
import Testing

@Suite("The page in a browser", .serialized) struct BrowserTests {
  /// Tells the widths of a page that a frame as wide as a telephone shows.
  private static let probe = """
    <script>addEventListener("load", () => {
      const inner = frames[0].document;
      document.title = ["widths", frames[0].innerWidth, inner.documentElement.scrollWidth,
        inner.querySelectorAll("svg[role=img]").length,
        [...inner.querySelectorAll("svg[role=img]")].filter(
          (e) => e.getBoundingClientRect().height > 40).length].join(" ");
    });</script>
    """

  @Test("never scrolls sideways on a telephone, and draws its diagrams", arguments: names)
  func telephone(name: String) throws {
    let report = try #require(SamplePages.all.first { $0.name == name }).report
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = HTMLReport.page(of: report).replacing("&", with: "&amp;")
      .replacing("\"", with: "&quot;")
    let frame =
      "<iframe width=\"390\" height=\"844\" style=\"border:0\" srcdoc=\"\(source)\"></iframe>"
    let file = folder.appending(path: "page.html")
    try Data("<!DOCTYPE html>\(Self.probe)\(frame)".utf8).write(to: file)
    let command = [
      "timeout", "--kill-after=5", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
      "--disable-dev-shm-usage", "--user-data-dir=\(folder.path)/profile", "--dump-dom",
      "file://\(file.path)",
    ]
    guard let result = try ExternalTool.run(command, input: "") else {
      print("note: chromium is not installed; the page is not opened in a browser")
      return
    }
    let title = try #require(
      result.output.firstMatch(of: /<title>widths (\d+) (\d+) (\d+) (\d+)<\/title>/),
      "\(result.output.suffix(400))"
    )
    #expect(title.1 == "390")
    #expect(try #require(Int(title.2)) <= 390)
    #expect(title.3 == title.4, "diagrams, and those that are to be seen")
  }

  static let names = SamplePages.all.map(\.name)
}
