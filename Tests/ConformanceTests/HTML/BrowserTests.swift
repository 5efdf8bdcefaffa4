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
    let source = HTMLReport.page(of: report).replacing("&", with: "&amp;")
      .replacing("\"", with: "&quot;")
    let frame =
      "<iframe width=\"390\" height=\"844\" style=\"border:0\" srcdoc=\"\(source)\"></iframe>"
    let output = try withFolder { folder in
      try open("<!DOCTYPE html>\(Self.probe)\(frame)", in: folder, ["--dump-dom"])
    }
    guard let output else { return }
    let title = try #require(
      output.firstMatch(of: /<title>widths (\d+) (\d+) (\d+) (\d+)<\/title>/),
      "\(output.suffix(400))"
    )
    #expect(title.1 == "390")
    #expect(try #require(Int(title.2)) <= 390)
    #expect(title.3 == title.4, "diagrams, and those that are to be seen")
  }

  @Test("prints transcripts that are closed on the screen") func paper() throws {
    let page = HTMLReport.page(of: SamplePages.chat)
    #expect(!page.contains("<details class=\"card\" open"))
    try withFolder { folder in
      let file = "\(folder.path)/page.pdf"
      guard try open(page, in: folder, ["--no-pdf-header-footer", "--print-to-pdf=\(file)"]) != nil
      else { return }
      guard let text = try ExternalTool.run(["pdftotext", "-layout", file, "-"], input: "") else {
        print("note: pdftotext is not installed; the printed page is not read")
        return
      }
      #expect(text.status == 0)
      // The drawing has the same words, but in another order.
      #expect(text.output.contains(/2\.021 +bob +closes/), "\(text.output)")
    }
  }

  /// What the browser says of a page; nil, with a note, when there is no browser.
  private func open(_ page: String, in folder: URL, _ options: [String]) throws -> String? {
    let file = folder.appending(path: "page.html")
    try Data(page.utf8).write(to: file)
    let command = [
      "timeout", "--kill-after=5", "60", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
      "--disable-dev-shm-usage", "--user-data-dir=\(folder.path)/profile",
    ]
    let words = command + options + ["file://\(file.path)"]
    guard let result = try ExternalTool.run(words, input: "") else {
      print("note: chromium is not installed; the page is not opened in a browser")
      return nil
    }
    return result.output
  }

  private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  static let names = SamplePages.all.map(\.name)
}
