// SPDX-License-Identifier: Apache-2.0

/// What happened between the tester and the program, as arrows between lines of life.
///
/// The tester stands left with one line for each connection, the program right; time runs downwards,
/// one event beneath the other. The event that was wrong has a sign and the word beside it.
struct SequenceDiagram {
  private let events: [TranscriptEvent]
  private let role: String
  /// The names of the tester's lines.
  private let connections: [String]
  /// Whether the last line stands for all connections that have none of their own.
  private let isShared: Bool
  private let limit: Int
  private let program: Int
  private let reach: Int
  private var height = 56
  private var content = ""

  /// Where the first line of the tester is, the distance of its lines, and that to the program.
  private static let first = 112
  private static let spacing = 84
  /// Room right of the program's line.
  private static let margin = 60
  /// Lines of the tester at most; the last is shared when there are more connections.
  private static let most = 6
  private static let lineHeight = 17
  /// Lines of bytes over one arrow; the transcripts have more.
  private static let lines = 4
  /// Lines of a box with several that the program wrote.
  private static let runLines = 6
  private init(_ events: [TranscriptEvent], role: String, limit: Int) {
    self.events = events
    self.role = role
    self.limit = limit
    // The connection that went wrong has a line of its own in any case.
    var names: [String] = []
    let wrong = events.first { $0.isWrong && !$0.connection.isEmpty }.map { [$0] } ?? []
    var count = 0
    var known: Set<String> = [""]
    for event in wrong + events where known.insert(event.connection).inserted {
      if names.count < Self.most { names.append(event.connection) }
      count += 1
    }
    isShared = count > Self.most
    if isShared { names[Self.most - 1] = "others" }
    connections = names.isEmpty ? [""] : names
    // Four connections fit the width of the page.
    reach = connections.count > 1 ? 346 : 410
    program = Self.first + (connections.count - 1) * Self.spacing + reach
  }

  /// The drawing; empty when nothing happened.
  ///
  /// Of many events only about `limit` are drawn, those that were wrong among them.
  static func figure(
    of events: [TranscriptEvent],
    role: String,
    limit: Int,
    id: String
  ) -> String {
    guard !events.isEmpty else { return "" }
    var diagram = SequenceDiagram(events, role: role, limit: limit)
    return diagram.drawn(id: id)
  }

  private mutating func drawn(id: String) -> String {
    var kept = Excerpt.indices(of: events, limit: limit)[...]
    var next = 0
    while let index = kept.first {
      if index > next { gap(of: index - next) }
      if next > 0, events[index].kind == .connected, events[index].time < events[next - 1].time {
        pause("… another session, its clock begins again …")
      }
      let run = kept.prefix(lines(from: index))
      draw(events[index], as: run.count > 1 ? run.map { events[$0] } : [])
      kept = kept.dropFirst(run.count)
      next = index + run.count
    }
    if next < events.count { gap(of: events.count - next) }
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

  /// How many events from one on are lines that the program wrote on the same stream.
  private func lines(from index: Int) -> Int {
    func stream(_ event: TranscriptEvent) -> Int? {
      guard !event.isWrong, event.remark.isEmpty else { return nil }
      switch event.kind {
      case .stdout: return 1
      case .stderr: return 2
      default: return nil
      }
    }
    guard let first = stream(events[index]) else { return 1 }
    return events[index...].prefix { stream($0) == first }.count
  }

  private func lifelines() -> String {
    var text = ""
    for (index, name) in connections.enumerated() {
      let label = name.isEmpty ? "tester" : TerminalReport.visible(name)
      text += lifeline(at: Self.first + index * Self.spacing, label, style: "box")
    }
    return text + lifeline(at: program, "your \(TerminalReport.visible(role))", style: "box own")
  }

  private func lifeline(at x: Int, _ label: String, style: String) -> String {
    let short = Self.cut(label, to: x == program ? 12 : 8)
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
    let place = connections.firstIndex(of: connection)
    return Self.first + (place ?? (isShared ? Self.most - 1 : 0)) * Self.spacing
  }

  // MARK: Events

  /// Draws an event; or a run of lines, of which it is the first.
  private mutating func draw(_ event: TranscriptEvent, as run: [TranscriptEvent]) {
    let start = height
    switch event.kind {
    case .sent: arrow(event, toProgram: true, style: "")
    case .received: arrow(event, toProgram: false, style: "")
    case .connected, .closedByTester: arrow(event, toProgram: true, style: " thin")
    case .closedByProgram: arrow(event, toProgram: false, style: " thin")
    case .resetByTester: arrow(event, toProgram: true, style: " thin")
    case .resetByProgram: arrow(event, toProgram: false, style: " thin")
    case .typed(let text): note("keyboard: ", text, event, style: "note typed")
    case .stderr(let text):
      run.isEmpty ? note("stderr: ", text, event, style: "note") : note("stderr: ", of: run)
    case .stdout(let text):
      run.isEmpty ? note("stdout: ", text, event, style: "note") : note("stdout: ", of: run)
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
    let isUnnamed = isShared && !event.connection.isEmpty && !connections.contains(event.connection)
    let remark = Self.remark([
      isUnnamed ? event.connection : "", said.bytes.isEmpty ? "" : said.remark, event.remark,
    ])
    let below = remark.isEmpty ? [] : TextLayout.wrapped(remark, to: columns).prefix(Self.lines)
    let kind = said.bytes.isEmpty ? "word" : "byte"
    let x = tester + 12
    for line in above {
      content += SVG.text(line, x: x, y: height + 16, style: kind + " halo")
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
      content += SVG.text(line, x: x, y: height + 13, style: "dim halo")
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
    box(around: lines, isWrong: event.isWrong, style: style)
  }

  /// One box for many lines; those that are the same stand there once.
  private mutating func note(_ label: String, of run: [TranscriptEvent]) {
    let columns = SVG.columns(in: reach - 60)
    var texts: [(text: String, count: Int)] = []
    for event in run {
      let text = VisibleBytes(TerminalReport.content(of: event).bytes).text
      if let last = texts.last, last.text == text {
        texts[texts.count - 1].count += 1
      } else {
        texts.append((text, 1))
      }
    }
    var lines = texts.prefix(Self.runLines).enumerated().map { number, line in
      let times = line.count > 1 ? " ×\(line.count)" : ""
      let start = number == 0 ? label : ""
      return Self.cut(start + line.text, to: columns - times.count) + times
    }
    if texts.count > Self.runLines {
      lines.append("… \(TextLayout.count(texts.count - Self.runLines, "more line"))")
    }
    box(around: lines, isWrong: false, style: "note")
  }

  private mutating func box(around lines: [String], isWrong: Bool, style: String) {
    let width = (lines.map { SVG.width(of: $0) }.max() ?? 0) + 20
    let right = program + min(Self.margin - 6, isWrong ? 10 : width / 2)
    let frame = isWrong ? " wrong" : ""
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
    pause("… \(TextLayout.count(count, "event")) not drawn …")
  }

  private mutating func pause(_ text: String) {
    let x = program - reach / 2
    content += SVG.text(text, x: x, y: height + 14, style: "dim halo", anchor: "middle")
    height += 30
  }

  /// The sign of the wrong event beside its time, where a narrow page shows it: a cross in a stop
  /// sign, and the word beneath.
  private mutating func sign(at y: Int) {
    let x = 76
    content +=
      SVG.path("M\(x + 6) \(y)h10l6 6v10l-6 6h-10l-6 -6v-10z", style: "stop")
      + SVG.path("M\(x + 7) \(y + 7)l8 8m0 -8l-8 8", style: "stroke")
      + SVG.text("wrong", x: 68, y: y + 28, style: "bad", anchor: "end")
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
