// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@Suite struct ResolvingTests {
  /// The type of the variable `x` of the server.
  private func type(_ steps: String) throws -> Type? {
    let (spec, diagnostics) = Loading.load(Loading.server(steps))
    #expect(diagnostics.all.map(\.message) == [])
    return try #require(spec).scopes[0].variables.first { $0.name == "x" }?.type
  }

  @Test func anEmptyListTakesTheTypeOfLaterElements() throws {
    let steps = "- set: x = []\n- expect: number or text\n- set: x = x + [number.n]"
    #expect(try type(steps) == .list(.int))
  }

  @Test func aVariableThatCountsItselfIsANumber() throws {
    #expect(try type("- expect: number or text\n- set: x = x + 1") == .int)
  }

  @Test func keysMakeAMap() throws {
    let steps = "- expect: number or text\n- set: x[text.words] = number.n"
    #expect(try type(steps) == .map(.string, .int))
  }

  @Test func typesFollowAChainBackwards() throws {
    let steps = """
      - set: x = y
      - set: y = z
      - set: z = [1.5]
      - expect: number or text
      """
    #expect(try type(steps) == .list(.double))
  }

  @Test func aMemberOfAGroupIsASession() throws {
    let steps = "- for: x in room\n  send: number(n = x.id)\n  to: x\n- expect: number or text"
    #expect(try type(steps) == .session)
  }

  @Test func fieldsComeFromArgumentDefaultOrVariable() throws {
    let text = Loading.server("- expect: number or text\n- set: n = 4\n- send: number")
    let spec = try #require(Loading.load(text).spec)
    let step = try #require(spec.spec.roles[0].steps.last)
    guard case .formula(.reference(.variable(let index))) = spec.fieldSources[step.id][0] else {
      Issue.record("expected the variable")
      return
    }
    #expect(spec.scopes[0].variables[index].name == "n")
  }

  // MARK: - Settings

  private let settings = Loading.server(
    "- wait: interval\n- expect: number or text",
    head: "settings: {interval: 10s, twice: 2.0 * interval, name: \"Ana\"}"
  )

  @Test func settingsAreConstants() throws {
    let spec = try #require(Loading.load(settings).spec)
    #expect(spec.settings == [.double(10), .double(20), .string("Ana")])
  }

  @Test func theCommandLineChangesSettings() throws {
    var diagnostics = Diagnostics()
    let spec = try SpecLoader.load(
      file: Loading.file(settings),
      overrides: [("interval", "500ms"), ("name", "Bora")],
      into: &diagnostics
    )
    #expect(spec?.settings == [.double(0.5), .double(1), .string("Bora")])
  }

  @Test(arguments: [
    (
      "interval", "soon",
      "soon does not fit the setting interval, which is double: write a value like 10s"
    ),
    ("intervall", "1s", "there is no setting intervall; did you mean interval?"),
    ("pace", "1s", "there is no setting pace; its settings are: interval, twice, name"),
  ])
  func theCommandLineExplainsWrongSettings(_ name: String, _ text: String, _ message: String) {
    var diagnostics = Diagnostics()
    #expect {
      try SpecLoader.load(
        file: Loading.file(settings),
        overrides: [(name, text)],
        into: &diagnostics
      )
    } throws: { error in
      (error as? SettingProblem)?.message == message
    }
  }
}
