// SPDX-License-Identifier: Apache-2.0

/// Lines for tests and what happened in them.
extension TerminalReport {
  /// One test: mark, name, points, time, and which problem explains it; a remark stands beneath.
  package func lines(for test: TestResult) -> [String] {
    guard mode != .quiet else { return [] }
    let mark = paint.verdict(TextLayout.padded(test.verdict.mark, to: 6), test.verdict)
    let id = TextLayout.padded(Self.visible(test.id), to: Column.title - 10)
    let titles = TextLayout.wrapped(Self.visible(test.title), to: Column.titleWidth - 1)
    let score = test.points == 0 ? "" : "\(test.earned)/\(test.points)"
    let time = test.verdict == .notRun ? "" : TextLayout.duration(test.seconds)
    var line = "  \(mark)\(id)  " + TextLayout.padded(titles[0], to: Column.titleWidth)
    line += TextLayout.aligned(score, to: Column.pointsWidth)
    line += TextLayout.aligned(time, to: Column.timeWidth)
    if let problem = test.problem { line += "   problem \(problem + 1)" }
    let indent = TextLayout.blanks(Column.title)
    var lines = [Self.trimmed(line)] + titles.dropFirst().map { indent + $0 }
    if !test.remark.isEmpty {
      let columns = TextLayout.width - Column.title
      lines += TextLayout.wrapped(Self.visible(test.remark), to: columns).map { indent + $0 }
    }
    if mode == .verbose { lines += transcript(test.transcript) }
    return lines
  }

  /// The events of a transcript: time, who, bytes, remark.
  package func transcript(_ events: [TranscriptEvent]) -> [String] {
    let names = events.map { TextLayout.shortened(who($0), to: 24) }
    let widest = names.map { TextLayout.width(of: $0) }.max() ?? 0
    return zip(events, names).flatMap { event, name in
      lines(for: event, name: TextLayout.padded(name, to: widest))
    }
  }

  private func lines(for event: TranscriptEvent, name: String) -> [String] {
    let time = TextLayout.decimals(Double(event.time) / 1e9, places: 3)
    let start = "  \(TextLayout.aligned(time, to: 8))  \(name)  "
    let content = Self.content(of: event)
    var remark = [content.remark, Self.visible(event.remark)].filter { !$0.isEmpty }
    if event.isWrong, !event.remark.hasPrefix("<--") {
      remark = ["<-- " + (remark.isEmpty ? "here" : remark.joined(separator: ", "))]
    }
    let column = TextLayout.width(of: start)
    let room = TextLayout.width - column
    var lines = Self.folded(content.bytes, to: room)
    let notes = remark.joined(separator: "  ")
    if !notes.isEmpty {
      let last = lines.removeLast()
      let padded = TextLayout.padded(last.isEmpty ? "" : last + "  ", to: 16)
      let used = TextLayout.width(of: padded)
      if used + TextLayout.width(of: notes) <= room {
        lines.append(padded + notes)
      } else {
        if !last.isEmpty { lines.append(last) }
        lines += TextLayout.wrapped(notes, to: room - 2).map { "  " + $0 }
      }
    }
    let indent = TextLayout.blanks(column)
    return lines.enumerated().map { number, line in
      let text = Self.trimmed((number == 0 ? start : indent) + line)
      return event.isWrong ? paint.bad(text) : text
    }
  }

  /// Who did it: the tester by the name of its connection, the program by its role.
  func who(_ event: TranscriptEvent) -> String {
    let connection = Self.visible(event.connection)
    switch event.kind {
    case .sent, .connected, .closedByTester, .resetByTester:
      return connection.isEmpty ? "tester" : connection
    case .received, .closedByProgram, .resetByProgram, .silence:
      return connection.isEmpty ? role : "\(role) to \(connection)"
    case .typed: return "keyboard"
    case .stderr: return "stderr"
    case .stdout: return "stdout"
    case .ended: return role
    case .note: return connection.isEmpty ? "note" : connection
    }
  }

  /// The bytes of an event, and what is said beside them.
  static func content(of event: TranscriptEvent) -> (bytes: [UInt8], remark: String) {
    switch event.kind {
    case .sent(let bytes, let piece, let count):
      guard count > 1 else { return (bytes, "") }
      let isLast = piece == count ? ", message complete" : ""
      return (bytes, "piece \(piece) of \(count)\(isLast)")
    case .received(let bytes): return (bytes, "")
    case .typed(let line), .stdout(let line), .stderr(let line): return (Array(line.utf8), "")
    case .connected: return ([], "connects")
    case .closedByTester, .closedByProgram: return ([], "closes")
    case .resetByTester, .resetByProgram: return ([], "resets the connection")
    case .silence(let seconds):
      return ([], "silent for \(TextLayout.decimals(seconds, places: 1)) s")
    case .ended(let how): return ([], "ends: \(visible(how))")
    case .note(let text): return ([], visible(text))
    }
  }

  /// The bytes with escapes in lines; of very many only the first and the last are shown.
  static func folded(_ bytes: [UInt8], to columns: Int) -> [String] {
    let shown = 4 * columns
    guard bytes.count > 2 * shown else { return folded(VisibleBytes(bytes), to: columns) }
    let left = bytes.count - 2 * shown
    return folded(VisibleBytes(bytes.prefix(shown)), to: columns) + ["... \(left) bytes ..."]
      + folded(VisibleBytes(bytes.suffix(shown)), to: columns)
  }

  private static func folded(_ visible: VisibleBytes, to columns: Int) -> [String] {
    var lines = [""]
    var used = 0
    for piece in visible.pieces {
      if used + piece.width > columns {
        lines.append("")
        used = 0
      }
      lines[lines.count - 1] += piece.text
      used += piece.width
    }
    return lines
  }
}
