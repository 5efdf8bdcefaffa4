// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Engine

/// The command `pnprun test SPEC -- COMMAND`.
struct TestCommand: KitCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Tests a program that plays a role, and says what is wrong with it.",
    discussion: """
      The tests follow from the specification. The program is started with a free
      port in place of {port}; the environment variable PORT has it too. Whatever it
      leaves behind is ended.

      EXAMPLES
        pnprun test protocols/sum.yaml -- python3 server.py {port}
        pnprun test protocols/sum.yaml --role client -- python3 client.py {port}
        pnprun test protocols/sum.yaml --only N1 --seed 4f7a91 -- ./server {port}
        pnprun test protocols/sum.yaml --target 127.0.0.1:8005
        pnprun test protocols/sum.yaml --list
        pnprun test protocols/sum.yaml --watch -- python3 server.py {port}
        pnprun test protocols/sum.yaml --junit sum.xml --html out -- ./server {port}

      EXIT STATUS
        0 all tests passed, perhaps with warnings
        1 a test failed, or there were fewer points than --min-points
        2 the command line or the specification is wrong
        3 the program could not be started, or never became ready
        4 nothing failed, but some tests could not be decided
        70 the tester itself failed
        130 or 143 interrupted by Ctrl-C or SIGTERM
      """
  )

  @Argument(help: "The specification, a YAML file.", completion: .file(extensions: ["yaml"]))
  var spec: String

  @Argument(
    parsing: .postTerminator,
    help: "The command that starts the program, with {port} where it takes its port.",
    completion: .file()
  )
  var command: [String] = []

  @Option(
    name: .shortAndLong,
    help: "The role that the program plays; the one that does not connect unless told otherwise."
  )
  var role: String?

  @Option(
    help: ArgumentHelp(
      "A server that already runs, instead of a command.",
      valueName: "host:port"
    )
  )
  var target: String?

  @Option(
    help: ArgumentHelp(
      "How messages end, instead of the specification's framing, as for `pnprun run`.",
      valueName: "framing"
    )
  )
  var framing: String?

  @Option(
    help: ArgumentHelp(
      "Another value for a setting of the specification; may be given several times.",
      valueName: "name=value"
    )
  )
  var set: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only such tests: an identifier (N1), a group (Network), or the tests that look for a cause "
        + "(F1); may be given several times.",
      valueName: "name"
    )
  )
  var only: [String] = []

  @Flag(help: "Show the tests instead of running them.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "The seed of what is chosen at random, as a report shows it.",
      valueName: "hex"
    )
  )
  var seed: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many programs are tested at the same time.", valueName: "count")
  )
  var jobs = 4

  @OptionGroup(title: "WHAT THE PROGRAM MAY USE")
  var bounds: TestBounds

  @OptionGroup(title: "REPORTS")
  var reports: ReportOptions

  @Flag(help: "Test again each time that a file of the program changes.")
  var watch = false

  @Flag(help: "End with status 0 whatever the tests say.")
  var exitZero = false

  @Option(
    help: ArgumentHelp("End with status 0 from that many points on.", valueName: "points")
  )
  var minPoints: Int?

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs needs a number from 1.") }
    if let minPoints, minPoints < 0 { throw ValidationError("--min-points needs a number from 0.") }
  }

  func run(hooks: HookRegistry) -> ExitStatus {
    do throws(Refusal) {
      let setup = try TestSetup(self, hooks)
      if list { return setup.list() }
      return try setup.run()
    } catch {
      Terminal.report(error.text)
      return error.status
    }
  }
}

/// The options that bound what a program under test may use.
struct TestBounds: ParsableArguments {
  @Flag(help: "Run it with bubblewrap: no network but loopback, no writing of files.")
  var sandbox = false

  @Option(
    help: ArgumentHelp(
      "Memory of all its processes; 2GiB unless told otherwise.",
      valueName: "size"
    )
  )
  var memory: String?

  @Option(
    help: ArgumentHelp("How long each of its runs may last; 1h.", valueName: "duration")
  )
  var timeLimit: String?
}

/// The options that choose what is written about the tests.
struct ReportOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Show only problems and the summary.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show what was sent and received in all tests.")
  var verbose = false

  @Flag(help: "Print the report as JSON instead.")
  var json = false

  @Flag(help: "Print the report as TAP 14 instead.")
  var tap = false

  @Option(
    help: ArgumentHelp(
      "Write a page for the browser, index.html in a directory.",
      valueName: "dir"
    ),
    completion: .directory
  )
  var html: String?

  @Option(
    help: ArgumentHelp("Write JUnit XML, for CI systems.", valueName: "file"),
    completion: .file()
  )
  var junit: String?

  @Option(
    help: ArgumentHelp("Write a results.json of Gradescope.", valueName: "file"),
    completion: .file()
  )
  var gradescope: String?

  @Option(
    help: ArgumentHelp("Write a result.json of Classroom 50.", valueName: "file"),
    completion: .file()
  )
  var classroom50: String?

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    if json, tap { throw ValidationError("--json and --tap exclude each other.") }
  }
}
