// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Finds out why tests failed: each failed test has a cause, and tests with one cause are one
/// problem.
struct Diagnosis {
  let assignment: Assignment
  let options: ExaminationOptions

  init(_ assignment: Assignment, _ options: ExaminationOptions) {
    self.assignment = assignment
    self.options = options
  }

  /// A cause and how sure it is.
  struct Conclusion {
    var cause: String
    var strength: Problem.Strength

    static func because(_ cause: String) -> Conclusion { .init(cause: cause, strength: .because) }
    static func probably(_ cause: String) -> Conclusion { .init(cause: cause, strength: .probably) }
  }

  // MARK: - All problems

  func problems(_ state: Examination.State) -> [Problem] {
    let findings = Findings(state, assignment)
    let conclusions = conclusions(state.failures, findings)
    var problems: [Problem] = []
    for failed in state.failures.sorted(by: { $0.test < $1.test }) {
      guard let conclusion = conclusions[failed.test] else { continue }
      let isOptional = state.report.tests[failed.test].verdict == .warn
      let verdict: Verdict = isOptional ? .warn : state.report.tests[failed.test].verdict
      if let index = problems.firstIndex(where: { $0.cause == conclusion.cause }) {
        problems[index].tests.append(failed.id)
        problems[index].verdict = max(problems[index].verdict, verdict)
        if conclusion.strength == .because { problems[index].strength = .because }
      } else {
        problems.append(problem(conclusion, failed, verdict, findings))
      }
    }
    addShortcomings(state, to: &problems)
    for index in problems.indices {
      problems[index].pointsLost = state.report.tests
        .filter { problems[index].tests.contains($0.id) }
        .reduce(0) { $0 + $1.points - $1.earned }
    }
    let basis = Set(state.failures.filter(\.isBasis).map(\.id))
    return problems.enumerated().sorted { left, right in
      rank(left.element, left.offset, basis) < rank(right.element, right.offset, basis)
    }
    .map(\.element)
  }

  /// The cause of each failure, by its test.
  ///
  /// What plain sessions show explains the failures that look the same: those of empty or long
  /// messages, say, which would otherwise be put down to what is special about them.
  private func conclusions(_ failures: [FailedTest], _ findings: Findings) -> [Int: Conclusion] {
    var conclusions: [Int: Conclusion] = [:]
    var known: [String: Conclusion] = [:]
    var wrongValue: Conclusion?
    let plainFirst = failures.sorted { left, right in
      let (l, r) = (left.special == nil ? 0 : 1, right.special == nil ? 0 : 1)
      return (l, left.isPlain ? 0 : 1, left.test) < (r, right.isPlain ? 0 : 1, right.test)
    }
    for failed in plainFirst {
      let look = look(of: failed)
      let isComparable = failed.evidence.shape == nil || !findings.wholePasses
      if isComparable, let look, let conclusion = known[look] {
        conclusions[failed.test] = conclusion
        continue
      }
      var conclusion = conclusion(of: failed, findings)
      // Where plain values are wrong, a format is not to blame elsewhere.
      if conclusion.cause == "V7", !failed.isPlain, let wrongValue { conclusion = wrongValue }
      if failed.isPlain, conclusion.cause == "V9" { wrongValue = conclusion }
      conclusions[failed.test] = conclusion
      let isTelling = failed.placeOfError != nil || failed.isPlain && failed.special == nil
      if let look, isTelling { known[look] = conclusion }
    }
    return conclusions
  }

  /// What a failure looks like: failures that look the same have the same cause.
  private func look(of failed: FailedTest) -> String? {
    if let place = failed.placeOfError { return place }
    guard case .mismatch(let mismatch) = failed.failure.kind,
      mismatch.kind == .wrong || mismatch.kind == .extra
    else { return nil }
    return MessageComparison(assignment.program, mismatch).shape
  }

  /// Failures before warnings; among them, what makes others meaningless comes first: above all
  /// what the tests show that others depend on.
  private func rank(
    _ problem: Problem,
    _ place: Int,
    _ basis: Set<String>
  ) -> (Int, Int, Int, Int, Int, Int) {
    let isFailure = problem.verdict == .fail || problem.verdict == .error
    // What many programs do without harm says the least of a recommendation.
    let isMinor = Self.fallbacks.contains(problem.cause) || !isFailure && problem.cause == "R2"
    return (
      isFailure ? 0 : 1, isMinor ? 1 : 0, problem.strength == .because ? 0 : 1,
      basis.isDisjoint(with: problem.tests) ? 1 : 0, -problem.tests.count, place
    )
  }

  /// Causes that only say what was seen.
  private static let fallbacks: Set = ["X1", "X2", "X3", "X5", "V9", "D8"]

  private func addShortcomings(_ state: Examination.State, to problems: inout [Problem]) {
    var found = state.shortcomings.map { shortcoming in
      let strength = Problem.Strength.because
      return (shortcoming.cause, strength, shortcoming.id, shortcoming.text, shortcoming.transcript)
    }
    for (message, runs) in state.omissions.sorted(by: { $0.key < $1.key }) {
      let text = "`\(message)` should be sent, and never came"
      // Once, it may only have been late.
      found.append((omission(of: message), runs.count > 1 ? .because : .probably, "", text, []))
    }
    for (cause, strength, id, text, transcript) in found {
      if let index = problems.firstIndex(where: { $0.cause == cause }) {
        if !id.isEmpty, !problems[index].tests.contains(id) { problems[index].tests.append(id) }
        continue
      }
      var problem = Problem(
        cause: cause,
        verdict: .warn,
        strength: strength,
        title: title(cause)
      )
      problem.tests = id.isEmpty ? [] : [id]
      problem.transcript = Self.excerpt(transcript)
      problem.reasons =
        [text.capitalisedFirst + "."] + (Cause.named(cause)?.reasons(strength) ?? [])
      problem.advice = Cause.named(cause).map { [$0.advice] } ?? []
      problem.again = id.isEmpty ? "" : again(id)
      problems.append(problem)
    }
  }

  /// The cause of a message that should have come and never did.
  private func omission(of message: String) -> String {
    let isNotice = assignment.spec.spec.roles.contains { role in
      !role.finally.isEmpty && role.groups.isEmpty == false
    }
    return isNotice && message == "left" ? "B6" : "X1"
  }

  // MARK: - One problem

  private func problem(
    _ conclusion: Conclusion,
    _ failed: FailedTest,
    _ verdict: Verdict,
    _ findings: Findings
  ) -> Problem {
    var problem = Problem(
      cause: conclusion.cause,
      verdict: verdict,
      strength: conclusion.strength,
      title: title(conclusion.cause)
    )
    problem.tests = [failed.id]
    problem.transcript = Self.excerpt(failed.transcript)
    problem.difference = difference(failed)
    problem.shapes = findings.shapes
    problem.reasons = Cause.named(conclusion.cause)?.reasons(conclusion.strength) ?? []
    if case .measured(_, let text) = failed.failure.kind {
      problem.reasons.insert(text.capitalisedFirst + ".", at: 0)
    }
    if let rule = rule(failed) { problem.reasons.append(rule) }
    problem.advice = Cause.named(conclusion.cause).map { [$0.advice] } ?? []
    problem.hints = hints(failed)
    problem.again = again(failed.id)
    problem.byHand = byHand(failed)
    return problem
  }

  func title(_ cause: String) -> String {
    Cause.named(cause)?.title(role: assignment.program.role.name.text) ?? cause
  }

  /// The last events, which show what went wrong.
  static func excerpt(_ transcript: [TranscriptEvent]) -> [TranscriptEvent] {
    Array(transcript.suffix(14))
  }

  private func difference(_ failed: FailedTest) -> Problem.Difference? {
    guard case .mismatch(let mismatch) = failed.failure.kind else {
      guard !failed.failure.lastSent.isEmpty else { return nil }
      return Problem.Difference(
        sent: failed.provoking?.bytes ?? failed.failure.lastSent,
        expectation: "an answer",
        ending: failed.failure.ending
      )
    }
    return Problem.Difference(
      mismatch,
      sent: failed.provoking?.bytes ?? failed.failure.lastSent,
      ending: failed.failure.ending
    )
  }

  /// The line of the specification that says what was to come.
  private func rule(_ failed: FailedTest) -> String? {
    guard case .mismatch(let mismatch) = failed.failure.kind else { return nil }
    return mismatch.rule(in: assignment.spec.spec.file.name)
  }

  // MARK: - Commands

  /// The command that runs one test again.
  func again(_ id: String) -> String {
    let command = assignment.command.map(\.quotedForShell).joined(separator: " ")
    let tail = assignment.target.map { "--target \($0)" } ?? "-- \(command)"
    let role = assignment.isClient ? " --role \(assignment.program.role.name.text)" : ""
    let words = options.arguments.map { " " + $0.quotedForShell }.joined()
    return "pnprun test \(options.specification.quotedForShell)\(role)\(words) --only \(id) "
      + "--seed \(String(options.seed, radix: 16)) \(tail)"
  }

  /// A command line that does the same by hand, where a shell can.
  private func byHand(_ failed: FailedTest) -> String {
    guard !assignment.isClient, assignment.transport == .tcp, failed.evidence.shape == nil,
      !failed.evidence.messages.isEmpty, failed.evidence.messages.count < 8
    else { return "" }
    let text = failed.evidence.messages.map { $0.bytes.asPrintfText }.joined()
    guard text.utf8.count < 200 else { return "" }
    return "printf '\(text)' | nc 127.0.0.1 PORT"
  }

  // MARK: - Hints

  /// What the teacher has written for this failure: of the example, then of the rules.
  private func hints(_ failed: FailedTest) -> [String] {
    var hints = assignment.spec.spec.examples
      .filter { failed.group == .examples && $0.name.text == failed.title }
      .compactMap(\.hint)
    if let words = failed.words,
      let hint = assignment.spec.hint(
        failure: words.kind,
        expected: words.expected,
        got: words.got,
        sent: String(decoding: failed.failure.lastSent, as: UTF8.self)
      )
    {
      hints.append(hint)
    }
    return hints
  }
}

extension String {
  var capitalisedFirst: String {
    guard let first else { return self }
    return first.isLetter ? first.uppercased() + dropFirst() : self
  }

  /// As a word of a shell's command line.
  var quotedForShell: String {
    let isPlain = utf8.allSatisfy { byte in
      byte < 0x80
        && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
          || "_-./{}:=,@%+".utf8.contains(byte))
    }
    return isPlain && !isEmpty
      ? self
      : "'"
        + split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
