// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("The page of a report") struct HTMLReportTests {
  /// Prints each fault of a page: tags, headings, identifiers, links, tables, things from outside.
  private static let checker = """
    import re, sys
    import xml.etree.ElementTree as tree
    page = sys.stdin.read()
    faults = []
    if not page.startswith("<!DOCTYPE html>\\n"):
        faults.append("no document type")
    root = tree.fromstring(page.split("\\n", 1)[1])
    names = [e.tag.split("}")[-1] for e in root.iter()]
    levels = [int(n[1]) for n in names if re.fullmatch("h[1-6]", n)]
    if levels[:1] != [1] or levels.count(1) != 1:
        faults.append("not one h1 at first")
    faults += [f"h{b} behind h{a}" for a, b in zip(levels, levels[1:]) if b > a + 1]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    faults += [f"twice: {i}" for i in set(ids) if ids.count(i) > 1]
    for e in root.iter():
        name = e.tag.split("}")[-1]
        target = e.get("href")
        if target and (target[0] != "#" or target[1:] not in ids):
            faults.append(f"link to {target}")
        if name in ("script", "link", "img", "iframe", "b") or e.get("src"):
            faults.append(f"element {name}")
        faults += [f"attribute {a}" for a in e.keys() if a.startswith("on")]
        if name == "th" and e.get("scope") not in ("col", "row"):
            faults.append("th without scope")
        if name == "svg" and not e.get("aria-hidden"):
            first = [c.tag.split("}")[-1] for c in e][:2]
            if first != ["title", "desc"]:
                faults.append("svg without title and desc")
    if re.search("url\\\\(|@import|https?://(?!www.w3.org/2000/svg)", page):
        faults.append("something from outside")
    print("\\n".join(faults))
    sys.exit(1 if faults else 0)
    """

  @Test("has balanced tags, headings in order, and links that lead somewhere", arguments: names)
  func wellFormed(name: String) throws {
    try check(try page(name))
  }

  @Test("is small and well-formed for reports of any size", arguments: [3, 30, 150])
  func anySize(size: Int) throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed \(seed), size \(size)")
    var random = RandomReport(seed: seed)
    let page = HTMLReport.page(of: random.report(size: size))
    #expect(page.utf8.count < 300_000, "seed \(seed)")
    #expect(page.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F }, "seed \(seed)")
    try check(page)
  }

  @Test("is small when everything is there a thousand times") func thousands() throws {
    var report = SamplePages.chat
    let test = report.tests[0]
    report.tests = (0..<4000).map { number in
      var copy = test
      copy.id = "T\(number)"
      copy.group = "Group \(number / 10)"
      copy.verdict = number % 3 == 0 ? .pass : .fail
      copy.problem = number % 1000
      return copy
    }
    report.problems = Array(repeating: report.problems[0], count: 1000)
    report.coverage.places = Array(repeating: report.coverage.places[0], count: 1000)
    report.coverage.transitions = (0..<5000).map {
      Report.Coverage.Transition(from: $0 % 1000, to: $0 * 7 % 1000, label: "way", visits: $0 % 2)
    }
    report.notes = Array(repeating: "a note", count: 10_000)
    report.programOutput = String(repeating: "a line\n", count: 100_000)
    let page = HTMLReport.page(of: report)
    #expect(page.utf8.count < 300_000)
    for words in [
      "These have no card, to keep this page small.", "Not listed, to keep this page small:",
      " more ways not listed.", " transcripts are left out to keep this page small.",
      " lines before that are left out.", " more</li>",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    try check(page)
  }

  @Test("has no link to an output of empty lines") func emptyLines() throws {
    var report = SampleReports.failing
    report.programOutput = "\n\n"
    try check(HTMLReport.page(of: report))
  }

  private func check(_ page: String) throws {
    guard let result = try ExternalTool.run(["python3", "-c", Self.checker], input: page) else {
      print("note: python3 is not installed; the page is not checked")
      return
    }
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("is smaller than 300 KB and never holds a control character", arguments: names)
  func size(name: String) throws {
    let page = try page(name)
    #expect(page.utf8.count < 300_000)
    #expect(page.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
  }

  @Test("escapes what comes from the program") func escapes() throws {
    let page = try page("hostile")
    #expect(!page.contains("<script"))
    #expect(!page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;alert(&#39;&quot;&amp;amp;&quot;)&lt;/script&gt;"))
    #expect(page.contains(#"\x1b[31m\u{202e}\x00"#))
    #expect(page.contains(#"<span>\xff<small>ff</small></span>"#))
  }

  @Test("says what is wrong in words, and where") func problem() throws {
    let page = try page("failing")
    for words in [
      "<h3>Your server treats one recv() as one message. <span class=\"cause\">F1</span></h3>",
      ">wrong</text>", ">piece 1 of 2</text>", ">it added 12 and 5</text>",
      "<span>1<small>31</small></span><span class=\"first\">7<small>37</small></span>",
      "first difference: byte 2", "Proven by an experiment.", "Probable: it fits",
      "split inside the number", "20 of 45 points", ">other never</text>",
      "Explains <a href=\"#test-4\">N1</a> <a href=\"#test-5\">N2</a>.",
    ] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("draws one line of life for each client") func clients() throws {
    let page = try page("chat")
    for name in ["ana", "bob", "caro", "dora", "your server"] {
      #expect(page.contains("text-anchor=\"middle\">\(name)</text>"))
    }
    #expect(page.contains("The tests reached 4 of 5 places and 8 of 11 ways between them."))
  }

  @Test("keeps the wrong event of a long transcript, and says what it left out") func long() throws
  {
    let page = try page("large")
    #expect(page.contains("events left out"))
    #expect(page.contains(" transcripts are left out to keep this page small. This shows"))
    #expect(page.contains("<span>--only</span> P"))
    #expect(page.contains(" <span>-v</span> <span>--seed</span> 4f7a91 <span>--</span> python3"))
    #expect(page.contains(">wrong</text>"))
    #expect(page.contains("first difference: byte 70001"))
  }

  static let names = SamplePages.all.map(\.name)

  private func page(_ name: String) throws -> String {
    HTMLReport.page(of: try #require(SamplePages.all.first { $0.name == name }).report)
  }
}
