// SPDX-License-Identifier: Apache-2.0

/// What has room on a page that stays small whatever happened.
extension HTMLReport {
  /// Bytes of a page, of its parts at most, and of one transcript of a test that passed, or did not.
  private static let size = 290_000
  private static let problemRoom = 130_000
  private static let testRoom = 45_000
  private static let diagramRoom = 30_000
  private static let wayRoom = 12_000
  private static let passedRoom = 8_000
  private static let otherRoom = 40_000

  /// What has room on the page: problems first, transcripts of tests that passed last.
  func fitting() -> Shown {
    var full = self
    full.shown = Shown(of: report)
    var shown = Shown()
    // As it stands, the page shows none of what follows; links are counted as if all led somewhere.
    var room = Self.size - page.utf8.count
    room -= fit(full, &shown, problemsTo: Self.problemRoom)
    room -= fit(full, &shown, testsTo: Self.testRoom)
    room -= fit(full, &shown, coverageTo: Self.diagramRoom)
    fit(full, &shown, transcriptsTo: room)
    return shown
  }

  private func fit(_ full: HTMLReport, _ shown: inout Shown, problemsTo room: Int) -> Int {
    var used = 0
    for index in report.problems.indices {
      let fitting = Shown.events.lazy.map { ($0, full.card(index, events: $0).utf8.count) }
        .first { used + $0.1 <= room }
      guard let (events, cost) = fitting else { break }
      shown.problems.append(events)
      used += cost
    }
    return used
  }

  private func fit(_ full: HTMLReport, _ shown: inout Shown, testsTo room: Int) -> Int {
    var used = 0
    var groups: Set<String> = []
    for index in byUrgency(report.tests.indices) {
      let group = report.tests[index].group
      let heading = groups.contains(group) ? 0 : full.group(group, index..<index).utf8.count
      let cost = full.row(index).utf8.count + heading
      guard used + cost <= room else { break }
      groups.insert(group)
      shown.tests.insert(index)
      used += cost
    }
    return used
  }

  private func fit(_ full: HTMLReport, _ shown: inout Shown, coverageTo room: Int) -> Int {
    let diagram = StateDiagram.figure(of: report.coverage).utf8.count
    shown.hasDiagram = diagram <= room
    var used = shown.hasDiagram ? diagram : 0
    let rows = report.coverage.transitions.indices.lazy.map { full.row(ofWay: $0).utf8.count }
    var left = Self.wayRoom
    for cost in rows {
      guard cost <= left else { break }
      left -= cost
      used += cost
      shown.ways += 1
    }
    return used
  }

  private func fit(_ full: HTMLReport, _ shown: inout Shown, transcriptsTo space: Int) {
    var room = space
    for index in byUrgency(report.tests.indices) where !report.tests[index].transcript.isEmpty {
      let isPassed = report.tests[index].verdict == .pass
      let most = min(room, isPassed ? Self.passedRoom : Self.otherRoom)
      var events = isPassed ? Shown.transcript / 10 : Shown.transcript
      var cost = full.transcript(index, events: events).utf8.count
      while cost > most, events > 5 {
        events /= 2
        cost = full.transcript(index, events: events).utf8.count
      }
      guard cost <= most else {
        if room < 1000 { break }
        continue
      }
      shown.transcripts[index] = events
      room -= cost
    }
  }

  /// Tests that did not pass before those that did, and those that were not run.
  private func byUrgency(_ indices: Range<Int>) -> [Int] {
    func isUrgent(_ index: Int) -> Bool {
      report.tests[index].verdict != .pass && report.tests[index].verdict != .notRun
    }
    return indices.filter(isUrgent) + indices.filter { !isUrgent($0) }
  }
}
