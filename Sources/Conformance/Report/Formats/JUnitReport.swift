// SPDX-License-Identifier: Apache-2.0

/// A report as JUnit XML, as Jenkins, GitLab and many others read it.
///
/// A `failure` is the program's fault, an `error` means that it did not start or that the tester
/// failed, and `skipped` are tests that were not run or are undecided.
/// `docs/schemas/junit.xsd` describes it.
package enum JUnitReport {
  /// The whole text.
  package static func text(of report: Report) -> String {
    var suites: [Suite] = []
    if !report.hasStarted, let problem = report.problems.first {
      suites.append(startSuite(problem, of: report))
    }
    for test in report.tests {
      if suites.last?.name != test.group { suites.append(Suite(name: test.group)) }
      suites[suites.count - 1].add(test, of: report)
    }
    var total = Suite(name: "pnprun \(report.protocolName) \(report.role)")
    for suite in suites { total.count(suite) }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let time = XML.attribute("time", TextLayout.decimals(report.seconds, places: 3))
    text += "<testsuites\(total.counts)\(time)>\n"
    for suite in suites { text += suite.text(of: report) }
    return text + "</testsuites>\n"
  }

  /// What stands for the program that did not come as far as being tested.
  private static func startSuite(_ problem: Problem, of report: Report) -> Suite {
    var test = TestResult(id: problem.cause, group: "Start", title: "the program starts")
    test.verdict = .error
    test.problem = 0
    test.seconds = report.seconds
    var suite = Suite(name: test.group)
    suite.add(test, of: report)
    return suite
  }
}

/// The tests under one heading.
private struct Suite {
  let name: String
  private var tests = 0
  private var failures = 0
  private var errors = 0
  private var skipped = 0
  private var seconds = 0.0
  private var cases = ""

  init(name: String) { self.name = name }

  var counts: String {
    XML.attribute("name", name) + XML.attribute("tests", "\(tests)")
      + XML.attribute("failures", "\(failures)") + XML.attribute("errors", "\(errors)")
      + XML.attribute("skipped", "\(skipped)")
  }

  mutating func count(_ other: Suite) {
    tests += other.tests
    failures += other.failures
    errors += other.errors
    skipped += other.skipped
  }

  mutating func add(_ test: TestResult, of report: Report) {
    tests += 1
    seconds += test.seconds
    switch test.verdict {
    case .pass, .warn: break
    case .fail: failures += 1
    case .error: errors += 1
    case .inconclusive, .notRun: skipped += 1
    }
    let path = "\(report.protocolName).\(report.role).\(test.group)"
    cases += "    <testcase" + XML.attribute("name", "\(test.id) \(test.title)")
    cases += XML.attribute("classname", path)
    cases += XML.attribute("time", TextLayout.decimals(test.seconds, places: 3)) + ">\n"
    cases += outcome(of: test, in: report)
    var output = TerminalReport(role: report.role).transcript(test.transcript)
    if test.verdict == .warn, !test.remark.isEmpty {
      output.insert("warning: " + TerminalReport.visible(test.remark), at: 0)
    }
    if !output.isEmpty { cases += "      " + XML.element("system-out", lines: output) }
    cases += "    </testcase>\n"
  }

  private func outcome(of test: TestResult, in report: Report) -> String {
    let problem = test.problem.map { report.problems[$0] }
    let reason = problem?.statement ?? test.remark
    let message = XML.attribute("message", reason.isEmpty ? test.verdict.rawValue : reason)
    let type = XML.attribute("type", problem?.cause ?? test.verdict.rawValue)
    let body = problem.map { TerminalReport(role: report.role).body(of: $0) } ?? []
    return switch test.verdict {
    case .pass, .warn: ""
    case .inconclusive, .notRun: "      <skipped\(message)/>\n"
    case .fail: "      " + XML.element("failure", message + type, lines: body)
    case .error: "      " + XML.element("error", message + type, lines: body)
    }
  }

  func text(of report: Report) -> String {
    let properties = [
      ("pnprun.specification", report.specification),
      ("pnprun.role", report.role),
      ("pnprun.seed", String(report.seed, radix: 16)),
      ("pnprun.command", report.command),
    ]
    let time = XML.attribute("time", TextLayout.decimals(seconds, places: 3))
    var text = "  <testsuite\(counts)\(time)>\n    <properties>\n"
    for (name, value) in properties {
      text += "      <property\(XML.attribute("name", name))\(XML.attribute("value", value))/>\n"
    }
    return text + "    </properties>\n" + cases + "  </testsuite>\n"
  }
}
