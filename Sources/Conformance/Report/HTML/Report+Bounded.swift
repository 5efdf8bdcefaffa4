// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// The same report with texts no longer than anybody reads; a program may write without end.
  ///
  /// Bytes, and how many tests, problems and events there are, stay as they are.
  func bounded() -> Report {
    var report = self
    report.protocolName = protocolName.bounded(to: 100)
    report.specification = specification.bounded(to: 300)
    report.role = role.bounded(to: 40)
    report.command = command.bounded(to: 1000)
    report.start = start.bounded(to: 300)
    for index in tests.indices { report.tests[index] = tests[index].bounded() }
    for index in problems.indices { report.problems[index] = problems[index].bounded() }
    for index in coverage.places.indices {
      report.coverage.places[index].label = coverage.places[index].label.bounded(to: 80)
    }
    for index in coverage.transitions.indices {
      report.coverage.transitions[index].label = coverage.transitions[index].label.bounded(to: 80)
    }
    report.notes = notes.map { $0.bounded(to: 400) }
    return report
  }
}

extension TestResult {
  fileprivate func bounded() -> TestResult {
    var test = self
    test.id = id.bounded(to: 40)
    test.group = group.bounded(to: 80)
    test.title = title.bounded(to: 200)
    test.requirement = requirement.bounded(to: 300)
    test.remark = remark.bounded(to: 300)
    test.transcript = transcript.map { $0.bounded() }
    return test
  }
}

extension Problem {
  fileprivate func bounded() -> Problem {
    var problem = self
    problem.cause = cause.bounded(to: 20)
    problem.title = title.bounded(to: 300)
    problem.tests = tests.map { $0.bounded(to: 40) }
    problem.transcript = transcript.map { $0.bounded() }
    problem.difference?.expectation = difference?.expectation.bounded(to: 300) ?? ""
    problem.difference?.ending = difference?.ending.bounded(to: 200) ?? ""
    problem.shapes = shapes.prefix(20).map {
      Shape(name: $0.name.bounded(to: 80), verdict: $0.verdict)
    }
    problem.reasons = reasons.prefix(8).map { $0.bounded(to: 400) }
    problem.advice = advice.prefix(8).map { $0.bounded(to: 400) }
    problem.hints = hints.prefix(8).map { $0.bounded(to: 400) }
    // Half a command is none.
    problem.again = again.utf8.count > 2000 ? "" : again
    problem.byHand = byHand.utf8.count > 2000 ? "" : byHand
    return problem
  }
}

extension TranscriptEvent {
  fileprivate func bounded() -> TranscriptEvent {
    let limit = 400
    let kind: Kind =
      switch self.kind {
      case .typed(let text): .typed(text.bounded(to: limit))
      case .stderr(let text): .stderr(text.bounded(to: limit))
      case .stdout(let text): .stdout(text.bounded(to: limit))
      case .ended(let text): .ended(text.bounded(to: limit))
      case .note(let text): .note(text.bounded(to: limit))
      default: self.kind
      }
    return TranscriptEvent(
      time: time,
      connection: connection.bounded(to: 40),
      kind,
      remark: remark.bounded(to: 200),
      isWrong: isWrong
    )
  }
}

extension String {
  /// The text, or its first characters and three points.
  func bounded(to limit: Int) -> String {
    guard utf8.count > limit, unicodeScalars.count > limit else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
  }
}
