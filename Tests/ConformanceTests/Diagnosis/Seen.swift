// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@testable import Conformance

extension Findings {
  /// An examination of a program as it could have gone: all tests passed but those that are named.
  struct Seen {
    private let assignment: Assignment
    private let options = ExaminationOptions(seed: 1)
    private let catalogue: InputCatalogue
    private let cases: [TestCase]
    private var state: Examination.State

    init(_ name: String, role: String = "server") throws {
      let program = try Shipped.program(name, role)
      assignment = Assignment(
        spec: program.spec,
        program: program,
        command: [role],
        target: nil,
        limits: ProgramLimits()
      )
      catalogue = InputCatalogue(program)
      let examination = Examination(assignment, options) { _ in }
      cases = examination.cases
      state = Examination.State(report: examination.report)
      for index in cases.indices { state.report.tests[index].verdict = .pass }
    }

    /// A test with one client in which something else came than what was due; `piece` is what came
    /// together with it.
    mutating func fail(
      _ title: String,
      _ kind: Mismatch.Kind,
      sent: [String],
      _ got: String,
      due: String,
      rest: String? = nil,
      piece: String? = nil,
      errors: [String] = []
    ) {
      fail(
        title,
        sent.map { ("", $0) },
        kind,
        at: "",
        got,
        due.isEmpty ? nil : due,
        rest: rest,
        piece: piece,
        errors: errors
      )
    }

    /// The same with several clients, in the order in which they spoke.
    mutating func fail(
      _ title: String,
      _ talk: [(client: String, text: String)],
      _ kind: Mismatch.Kind,
      at client: String,
      _ got: String,
      _ due: String?,
      rest: String? = nil,
      piece: String? = nil,
      errors: [String] = []
    ) {
      let expected = due.map(expectation)
      let mismatch = Mismatch(
        kind: kind,
        connection: 1,
        expected: expected.map { [$0] } ?? [],
        got: Array(got.utf8),
        rest: Array((rest ?? got).utf8)
      )
      var transcript = talk.enumerated().map { time, line in
        TranscriptEvent(
          time: time,
          connection: line.client,
          .sent(Array(line.text.utf8), piece: 1, of: 1)
        )
      }
      if !got.isEmpty {
        transcript.append(
          TranscriptEvent(
            time: talk.count,
            connection: client,
            .received(Array((piece ?? got).utf8)),
            isWrong: true
          )
        )
      }
      var evidence = Evidence()
      evidence.messages = talk.map { catalogue.message(Array($0.text.utf8)) }
      evidence.shape = Shape.allCases.first { $0.name == title }
      add(title, .mismatch(mismatch), transcript, evidence, errors)
    }

    /// A test of a client, with what happened in it up to the failure.
    mutating func fail(
      _ title: String,
      _ kind: TrialFailure.Kind,
      after events: [TranscriptEvent.Kind],
      shape: Shape? = nil,
      cut: ShapeCut? = nil,
      isAsking: Bool = false
    ) {
      var evidence = Evidence()
      evidence.shape = shape
      evidence.cut = cut
      evidence.messages = events.compactMap { event in
        if case .sent(let bytes, _, _) = event { catalogue.message(bytes) } else { nil }
      }
      let transcript = events.enumerated().map { time, kind in
        TranscriptEvent(time: time, connection: "", kind)
      }
      add(title, kind, transcript, evidence, [], isAsking: isAsking)
    }

    /// What came from a client instead of what was due; nothing is the end of the connection.
    func mismatch(_ kind: Mismatch.Kind, _ got: String = "", due: String? = nil)
      -> TrialFailure.Kind
    {
      .mismatch(
        Mismatch(
          kind: kind,
          connection: 1,
          expected: due.map { [expectation($0)] } ?? [],
          got: Array(got.utf8),
          rest: Array(got.utf8)
        )
      )
    }

    /// A test in which a client got no answer to what was sent last; `screen` is what the program has
    /// shown, and `isHeldUp` whether it answered once the others were served.
    mutating func leaveUnanswered(
      _ title: String,
      _ talk: [(client: String, text: String)],
      due: String,
      screen: [String] = [],
      isHeldUp: Bool = false
    ) {
      fail(title, talk, .nothing, at: "", "", due)
      guard let last = state.failures.indices.last else { return }
      let failed = state.failures.remove(at: last)
      var evidence = failed.evidence
      evidence.isHeldUp = isHeldUp
      let lines = screen.map { TranscriptEvent(time: talk.count, connection: "", .stdout($0)) }
      state.failures.append(
        FailedTest(
          test: failed.test,
          id: failed.id,
          group: failed.group,
          title: failed.title,
          probe: failed.probe,
          isBasis: failed.isBasis,
          isConfirmed: failed.isConfirmed,
          failure: failed.failure,
          transcript: failed.transcript + lines,
          evidence: evidence,
          errors: failed.errors
        )
      )
    }

    private func expectation(_ due: String) -> Conformance.Expectation {
      let program = assignment.program
      let bytes = Array(due.utf8)
      let content = program.content(of: bytes)
      let plan = program.sends.first {
        $0.level == .must && program.values(of: Int($0.message), content.span) != nil
      }
      let name = plan.map { program.spec.spec.messages[Int($0.message)].name.text } ?? ""
      return .message(name: name, bytes: bytes, isExact: true, line: 0)
    }

    /// A test that has measured a fault.
    mutating func measure(_ title: String, _ cause: String) {
      add(title, .measured(cause: cause, text: "it was measured"), [], Evidence(), [])
    }

    private mutating func add(
      _ title: String,
      _ kind: TrialFailure.Kind,
      _ transcript: [TranscriptEvent],
      _ evidence: Evidence,
      _ errors: [String],
      isAsking: Bool = false
    ) {
      guard let index = cases.firstIndex(where: { $0.title == title }) else {
        Issue.record("there is no test `\(title)`")
        return
      }
      state.report.tests[index].verdict = .fail
      state.failures.append(
        FailedTest(
          test: index,
          id: cases[index].id,
          group: cases[index].group,
          title: title,
          probe: cases[index].probe,
          isBasis: cases[index].isBasis,
          isConfirmed: false,
          failure: TrialFailure(
            kind: kind,
            connection: 1,
            lastSent: evidence.messages.last?.bytes ?? [],
            ending: "",
            isAsking: isAsking
          ),
          transcript: transcript,
          evidence: evidence,
          errors: errors.joined(separator: "\n")
        )
      )
    }

    /// All causes in the order of the report, with how sure each is.
    var causes: [String] {
      Diagnosis(assignment, options).problems(state).map { "\($0.strength) \($0.cause)" }
    }

    var first: String { get throws { try #require(causes.first) } }
  }
}
