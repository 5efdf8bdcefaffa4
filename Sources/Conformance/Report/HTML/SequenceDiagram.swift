// SPDX-License-Identifier: Apache-2.0

/// What happened between the tester and the program, as arrows between lines of life.
///
/// The tester stands left with one line for each connection, the program right; time runs downwards,
/// one event beneath the other. The event that was wrong has a sign and the word beside it.
struct SequenceDiagram {
  private let events: [TranscriptEvent]
  private let role: String
  private let connections: [String]
  private let program: Int
  private let reach: Int
  private var height = 56
  private var content = ""

  /// Where the first line of the tester is, the distance of its lines, and that to the program.
  private static let first = 126
  private static let spacing = 84
  /// Room for the sign right of the program's line.
  private static let margin = 100
  private static let lineHeight = 17
  /// Lines of bytes over one arrow; the transcripts have more.
  private static let lines = 4
  /// Events that are drawn.
  private static let limit = 60

  init(_ events: [TranscriptEvent], role: String) {
    self.events = events
    self.role = role
    var names: [String] = []
    for event in events where !names.contains(event.connection) {
      if !event.connection.isEmpty { names.append(event.connection) }
    }
    connections = names.isEmpty ? [""] : names
    // Three connections still fit the width of the page.
    reach = connections.count > 1 ? 324 : 410
    program = Self.first + (connections.count - 1) * Self.spacing + reach
  }

  /// The drawing; empty when nothing happened.
  static func figure(of events: [TranscriptEvent], role: String, id: String) -> String {
    guard !events.isEmpty else { return "" }
    var diagram = SequenceDiagram(events, role: role)
    return diagram.drawn(id: id)
  }

  private mutating func drawn(id: String) -> String {
    let kept = Excerpt.indices(of: events, limit: Self.limit)
    var previous = -1
    for index in kept {
      if index > previous + 1 { gap(of: index - previous - 1) }
      draw(events[index])
      previous = index
    }
    if previous + 1 < events.count { gap(of: events.count - previous - 1) }
    height += 8
    let wrong = events.first { $0.isWrong }.map { " Wrong: \(Self.sentence(for: $0, role: role))." }
    return SVG.figure(
      id: id,
      title: "What happened between the tester and your \(TerminalReport.visible(role))",
      description: "\(TextLayout.count(events.count, "event")), from top to bottom."
        + (wrong ?? "") + " The transcripts below tell the same in words.",
      width: program + Self.margin,
      height: height,
      content: lifelines() + content
    )
  }

  private static func sentence(for event: TranscriptEvent, role: String) -> String {
    let content = TerminalReport.content(of: event)
    let parts = [
      TerminalReport(role: role).who(event), VisibleBytes(content.bytes.prefix(200)).text,
      content.remark,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  // MARK: Lines of life

  private func lifelines() -> String {
    var text = ""
    for (index, name) in connections.enumerated() {
      let label = name.isEmpty ? "tester" : TerminalReport.visible(name)
      text += lifeline(at: Self.first + index * Self.spacing, label, style: "box")
    }
    return text + lifeline(at: program, "your \(TerminalReport.visible(role))", style: "box own")
  }

  private func lifeline(at x: Int, _ label: String, style: String) -> String {
    let short = Self.cut(label, to: 11)
    let width = max(66, SVG.width(of: short) + 16)
    return SVG.line(from: (x, 36), to: (x, height), style: "life")
      + SVG.box(x: x - width / 2, y: 8, width: width, height: 28, style: style)
      + SVG.text(short, x: x, y: 27, style: "strong", anchor: "middle")
  }

  private static func cut(_ text: String, to columns: Int) -> String {
    let parts = TextLayout.broken(text, to: columns)
    return parts.count > 1 ? TextLayout.broken(text, to: columns - 1)[0] + "…" : text
  }

  private func line(of connection: String) -> Int {
    Self.first + (connections.firstIndex(of: connection) ?? 0) * Self.spacing
  }

  // MARK: Events

  private mutating func draw(_ event: TranscriptEvent) {
    let start = height
    switch event.kind {
    case .sent: arrow(event, toProgram: true, style: "")
    case .received: arrow(event, toProgram: false, style: "")
    case .connected, .closedByTester: arrow(event, toProgram: true, style: " thin")
    case .closedByProgram: arrow(event, toProgram: false, style: " thin")
    case .resetByTester: arrow(event, toProgram: true, style: " thin")
    case .resetByProgram: arrow(event, toProgram: false, style: " thin")
    case .typed(let text): note("keyboard: ", text, event, style: "note typed")
    case .stderr(let text): note("stderr: ", text, event, style: "note")
    case .stdout(let text): note("stdout: ", text, event, style: "note")
    case .silence, .ended, .note: note("", TerminalReport.content(of: event).remark, event)
    }
    let time = TextLayout.decimals(Double(event.time) / 1e9, places: 3)
    content += SVG.text("\(time) s", x: 68, y: start + 16, style: "dim", anchor: "end")
    if event.isWrong { sign(at: start + 4) }
  }

  /// An arrow with its bytes above and what is said of it beneath.
  private mutating func arrow(_ event: TranscriptEvent, toProgram: Bool, style: String) {
    let said = TerminalReport.content(of: event)
    let tester = line(of: event.connection)
    let columns = SVG.columns(in: reach - 24)
    var above = said.bytes.isEmpty ? [said.remark] : Self.folded(said.bytes, to: columns)
    if above == [""] { above = ["nothing"] }
    let remark = Self.remark([said.bytes.isEmpty ? "" : said.remark, event.remark])
    let below = remark.isEmpty ? [] : TextLayout.wrapped(remark, to: columns)
    let kind = said.bytes.isEmpty ? "word" : "byte"
    let (x, anchor) = toProgram ? (tester + 12, "start") : (program - 12, "end")
    for line in above {
      content += SVG.text(line, x: x, y: height + 16, style: kind + " halo", anchor: anchor)
      height += Self.lineHeight
    }
    let y = height + 8
    let mark = event.isWrong ? " wrong" : toProgram ? " out" : " in"
    let from = toProgram ? tester : program
    let to = toProgram ? program : tester
    let direction = toProgram ? 1 : -1
    content += SVG.line(from: (from, y), to: (to - 3 * direction, y), style: "arrow\(style)\(mark)")
    content += SVG.head(x: to - direction, y: y, direction: direction, style: "head\(mark)")
    if Self.isReset(event) { content += cross(at: (from + to) / 2, y) }
    height += 12
    for line in below {
      content += SVG.text(line, x: x, y: height + 13, style: "dim halo", anchor: anchor)
      height += 16
    }
    height += 12
  }

  private static func isReset(_ event: TranscriptEvent) -> Bool {
    event.kind == .resetByTester || event.kind == .resetByProgram
  }

  /// A box on the program's line.
  private mutating func note(
    _ label: String,
    _ text: String,
    _ event: TranscriptEvent,
    style: String = "note quiet"
  ) {
    let columns = SVG.columns(in: reach - 60)
    let remark = Self.remark([event.remark])
    var lines = TextLayout.wrapped(label + TerminalReport.visible(text), to: columns)
    if lines.count > Self.lines { lines = lines.prefix(Self.lines - 1) + ["…"] }
    if !remark.isEmpty { lines += TextLayout.wrapped(remark, to: columns) }
    let width = (lines.map { SVG.width(of: $0) }.max() ?? 0) + 20
    let right = program + min(Self.margin - 6, event.isWrong ? 10 : width / 2)
    let frame = event.isWrong ? " wrong" : ""
    content += SVG.box(
      x: right - width,
      y: height,
      width: width,
      height: lines.count * Self.lineHeight + 9,
      style: style + frame
    )
    for line in lines {
      content += SVG.text(line, x: right - width + 10, y: height + 17, style: "byte")
      height += Self.lineHeight
    }
    height += 19
  }

  private mutating func gap(of count: Int) {
    let text = "… \(TextLayout.count(count, "event")) not drawn …"
    let x = program - reach / 2
    content += SVG.text(text, x: x, y: height + 14, style: "dim halo", anchor: "middle")
    height += 30
  }

  /// The sign of the wrong event: a cross in a stop sign, and the word.
  private mutating func sign(at y: Int) {
    let x = program + 16
    content +=
      SVG.path("M\(x + 6) \(y)h10l6 6v10l-6 6h-10l-6 -6v-10z", style: "stop")
      + SVG.path("M\(x + 7) \(y + 7)l8 8m0 -8l-8 8", style: "stroke")
      + SVG.text("wrong", x: x + 28, y: y + 16, style: "bad")
  }

  private func cross(at x: Int, _ y: Int) -> String {
    SVG.path("M\(x - 6) \(y - 6)l12 12m0 -12l-12 12", style: "arrow")
  }

  private static func folded(_ bytes: [UInt8], to columns: Int) -> [String] {
    let folded = TerminalReport.folded(bytes, to: columns)
    guard folded.count > lines else { return folded }
    return folded.prefix(lines - 1) + ["… \(TextLayout.count(bytes.count, "byte")) in all"]
  }

  private static func remark(_ parts: [String]) -> String {
    parts.map { TerminalReport.visible($0.hasPrefix("<-- ") ? String($0.dropFirst(4)) : $0) }
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
