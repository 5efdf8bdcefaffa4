// SPDX-License-Identifier: Apache-2.0

/// A report as JSON; `docs/schemas/report.schema.json` describes it.
package enum JSONReport {
  /// Raised when a member changes its meaning or goes; members may be added without.
  private static let version = 1
  /// Bytes of one event; of more only the first are written, and how many are left out.
  private static let eventLimit = 64 * 1024

  /// The whole text.
  package static func text(of report: Report) -> String {
    JSONValue.object([
      ("pnprun", .integer(version)),
      ("protocol", .string(report.protocolName)),
      ("specification", .string(report.specification)),
      ("role", .string(report.role)),
      ("seed", .string(String(report.seed, radix: 16))),
      ("command", .string(report.command)),
      ("started", .boolean(report.hasStarted)),
      ("start", .string(report.start)),
      ("verdict", .string(report.verdict.rawValue)),
      ("points", .integer(report.points)),
      ("earned", .integer(report.earned)),
      ("seconds", seconds(report.seconds)),
      ("problems", .array(report.problems.map { value(of: $0) })),
      ("tests", .array(report.tests.map { value(of: $0, in: report) })),
      ("coverage", value(of: report.coverage)),
      ("notes", .strings(report.notes)),
      ("output", .string(report.programOutput)),
    ]).text + "\n"
  }

  private static func value(of problem: Problem) -> JSONValue {
    let difference = problem.difference
    let shapes = problem.shapes.map { shape in
      JSONValue.object([
        ("shape", .string(shape.name)), ("verdict", .string(shape.verdict.rawValue)),
      ])
    }
    return .object([
      ("cause", .string(problem.cause)),
      ("verdict", .string(problem.verdict.rawValue)),
      ("strength", .string(problem.strength.rawValue)),
      ("title", .string(problem.title)),
      ("tests", .strings(problem.tests)),
      ("points_lost", .integer(problem.pointsLost)),
      ("reasons", .strings(problem.reasons)),
      ("advice", .strings(problem.advice)),
      ("hints", .strings(problem.hints)),
      ("again", .string(problem.again)),
      ("by_hand", .string(problem.byHand)),
      ("sent", difference.map { bytes($0.sent) } ?? .null),
      ("expected", .array(difference?.expected.map { bytes($0) } ?? [])),
      ("expectation", .string(difference?.expectation ?? "")),
      ("got", difference.map { bytes($0.got) } ?? .null),
      ("ending", .string(difference?.ending ?? "")),
      ("first_difference", difference.flatMap { Parting($0) }.map { .integer($0.offset) } ?? .null),
      ("shapes", .array(shapes)),
      ("transcript", .array(problem.transcript.map { value(of: $0) })),
    ])
  }

  private static func value(of test: TestResult, in report: Report) -> JSONValue {
    .object([
      ("id", .string(test.id)),
      ("group", .string(test.group)),
      ("title", .string(test.title)),
      ("requirement", .string(test.requirement)),
      ("verdict", .string(test.verdict.rawValue)),
      ("points", .integer(test.points)),
      ("earned", .integer(test.earned)),
      ("seconds", seconds(test.seconds)),
      ("problem", test.problem.map { .integer($0) } ?? .null),
      ("remark", .string(test.remark)),
      ("transcript", .array(test.transcript.map { value(of: $0) })),
    ])
  }

  private static func value(of coverage: Report.Coverage) -> JSONValue {
    let places = coverage.places.map { place in
      JSONValue.object([
        ("label", .string(place.label)), ("line", .integer(place.line)),
        ("visits", .integer(place.visits)),
      ])
    }
    let transitions = coverage.transitions.map { way in
      JSONValue.object([
        ("from", .integer(way.from)), ("to", .integer(way.to)),
        ("label", .string(way.label)), ("visits", .integer(way.visits)),
      ])
    }
    return .object([("places", .array(places)), ("transitions", .array(transitions))])
  }

  private static func value(of event: TranscriptEvent) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("seconds", seconds(Double(event.time) / 1e9)),
      ("connection", .string(event.connection)),
    ]
    let name: String
    var detail: [(String, JSONValue)] = []
    switch event.kind {
    case .sent(let sent, let piece, let count):
      name = "sent"
      detail = [
        ("bytes", eventBytes(sent)), ("piece", .integer(piece)), ("pieces", .integer(count)),
      ]
    case .received(let received):
      name = "received"
      detail = [("bytes", eventBytes(received))]
    case .typed(let line): (name, detail) = ("typed", [("text", .string(line))])
    case .connected: name = "connected"
    case .closedByTester: name = "closed by tester"
    case .resetByTester: name = "reset by tester"
    case .closedByProgram: name = "closed by program"
    case .resetByProgram: name = "reset by program"
    case .silence(let lasting): (name, detail) = ("silence", [("lasting", seconds(lasting))])
    case .stderr(let line): (name, detail) = ("stderr", [("text", .string(line))])
    case .stdout(let line): (name, detail) = ("stdout", [("text", .string(line))])
    case .ended(let how): (name, detail) = ("ended", [("text", .string(how))])
    case .note(let text): (name, detail) = ("note", [("text", .string(text))])
    }
    members.append(("event", .string(name)))
    members += detail
    members.append(("remark", .string(event.remark)))
    members.append(("wrong", .boolean(event.isWrong)))
    return .object(members)
  }

  /// Bytes twice: for people with visible escapes, for programs in hexadecimal.
  private static func bytes(_ bytes: [UInt8]) -> JSONValue {
    .object([("text", .string(VisibleBytes.text(of: bytes))), ("hex", .string(Hex.text(bytes)))])
  }

  private static func eventBytes(_ bytes: [UInt8]) -> JSONValue {
    guard bytes.count > eventLimit else { return self.bytes(bytes) }
    let shown = Array(bytes.prefix(eventLimit))
    return .object([
      ("text", .string(VisibleBytes.text(of: shown))), ("hex", .string(Hex.text(shown))),
      ("omitted", .integer(bytes.count - eventLimit)),
    ])
  }

  /// Seconds to the microsecond.
  private static func seconds(_ value: Double) -> JSONValue {
    .number((value * 1e6).rounded() / 1e6)
  }
}
