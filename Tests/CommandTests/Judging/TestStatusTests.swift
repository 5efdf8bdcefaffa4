// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("pnprun test: exit statuses")
struct TestStatusTests {
  @Test("0: everything passed")
  func passed() throws {
    let outcome = try Trial.run("ok_threads", ["--only", "E1", "--seed", "4f7a91"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("sum   your program is the SERVER   seed 4f7a91\n"))
    #expect(outcome.output.contains("  ok    E1   six numbers"))
    #expect(outcome.output.contains("\n2 of 2 points   1 ok   "))
  }

  @Test("1: a test failed, with its cause")
  func failed() throws {
    let outcome = try Trial.run("v7_format")
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output.contains("[V7]"))
    #expect(outcome.output.contains("  Expected   21\\n\n  Got        21.0\\n\n"))
  }

  @Test(
    "--exit-zero and --min-points decide otherwise",
    arguments: [
      ("v7_format", ["--exit-zero"], Int32(0)), ("v7_format", ["--min-points", "0"], 0),
      ("v7_format", ["--min-points", "1"], 1), ("ok_threads", ["--min-points", "2"], 0),
    ]
  )
  func decided(program: String, options: [String], status: Int32) throws {
    #expect(try Trial.run(program, ["--only", "E1"] + options).ending == .exit(status))
  }

  @Test(
    "2: the command line is wrong, in one line",
    arguments: [
      (
        [],
        "which program? write its command after `--`, as in `pnprun test SPEC -- python3 server.py {port}`"
      ),
      (["--only", "N22"], "--only N22: there is no such test; did you mean `N2`?"),
      (["--only", "netwrok"], "--only netwrok: there is no such test; did you mean `Network`?"),
      (["--only", "K1"], "--only K1: there is no such test; no test of this role looks for K1"),
      (
        ["--only", "everything"], "--only everything: there is no such test; --list shows all tests"
      ),
      (["--seed", "x"], "--seed x: write up to 16 hexadecimal digits, such as 4f7a91"),
      (["--memory", "3"], "--memory 3: write a size such as 512MiB"),
      (["--time-limit", "3"], "--time-limit 3: write a duration such as 30s or 5m"),
      (["--min-points", "9999"], "--min-points 9999: there are only 41 points to earn"),
      (["--role", "judge"], "SPEC has no role judge; its roles are: server, client"),
      (["--target", "here"], "--target is instead of a command: leave one of them out"),
      (["--junit", "/nowhere/x"], "cannot write /nowhere/x: there is no directory /nowhere"),
      (["--junit", "/dev/full"], "cannot write /dev/full: no space left on device"),
      (["--html", "/proc/x"], "cannot make the directory /proc/x: no such file or directory"),
      (
        ["--classroom50", "x.json"],
        "--classroom50: CLASSROOM, ASSIGNMENT, OWNER, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL are not set"
      ),
    ]
  )
  func usage(options: [String], message: String) throws {
    let command = options.isEmpty ? [] : Trial.command("sum/ok_threads")
    let outcome = try Pnprun.run(Trial.words("sum", options) + command)
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    let errors = outcome.errors.replacing(Product.specification("sum"), with: "SPEC")
    #expect(errors.hasPrefix("pnprun: \(message)"), "\(errors)")
    #expect(errors.split(separator: "\n").count == 1)
  }

  @Test("2: --target takes a server, and an address")
  func target() throws {
    for (options, message) in [
      (["--target", "here"], "--target here: write host:port, as in 127.0.0.1:8005"),
      (
        ["--target", "here:1", "-r", "client"],
        "--target: a client connects to us, write its command"
      ),
    ] {
      let outcome = try Pnprun.run(Trial.words("sum", options))
      #expect(outcome.ending == .exit(2))
      #expect(outcome.errors == "pnprun: \(message)\n")
    }
  }

  @Test("2: a role with a group of receivers is refused", arguments: ["receiver", "sender"])
  func group(role: String) throws {
    let words = Trial.words("multicast", ["--role", role, "--", "./any", "{port}"])
    let outcome = try Pnprun.run(words)
    let other = role == "sender" ? "receiver" : "sender"
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors
        == "pnprun: the \(role) works with a group of receivers, which cannot be tested: "
        + "run the \(other) against it, with --role \(other)\n"
    )
  }

  @Test("3: there is no such program, or it ends at once, or nobody listens")
  func notStarted() throws {
    let missing = try Pnprun.run(Trial.words("sum", ["--", "./missing", "{port}"]))
    #expect(missing.ending == .exit(3))
    #expect(missing.output.contains("cannot start ./missing: no such program"))
    let crashed = try Trial.run("s4_start")
    #expect(crashed.ending == .exit(3))
    #expect(crashed.output.contains("[S4]"))
    #expect(crashed.output.contains("\nnot started   0 of 2 points   1 not run   "))
    let nobody = try Pnprun.run(Trial.words("sum", ["--target", "127.0.0.1:1"]))
    #expect(nobody.ending == .exit(3))
    #expect(nobody.output.contains("nothing listens at 127.0.0.1:1\n"))
  }

  @Test("4: it failed once, and passed with more time")
  func unstable() throws {
    let folder = try Scratch()
    let program = try folder.file(
      "server.py",
      """
      import os, socket, sys, time
      count = len(os.listdir(sys.argv[1]))
      open(sys.argv[1] + "/" + str(count), "w").close()
      server = socket.create_server(("127.0.0.1", int(sys.argv[2])))
      while True:
          peer = server.accept()[0].makefile("rw")
          total = 0
          for line in peer:
              if line == "#\\n":
                  break
              total += int(line)
          if count == 2:
              time.sleep(30)
          print(total, file=peer, flush=True)
          peer.close()
      """
    )
    // The program itself counts, then the two first starts; the second one is the test's.
    let files = ["1", "2", "3"].map { folder.file($0) }
    let outcome = try Pnprun.run(
      Trial.words("sum", ["--only", "E1", "--", "python3", program, folder.path, "{port}"])
    )
    withExtendedLifetime(files) {}
    #expect(outcome.ending == .exit(4))
    #expect(outcome.output.contains("\nAgain, alone and with more time\n"))
    #expect(outcome.output.contains("  maybe E1"))
  }

  @Test("70: the report cannot be written any more")
  func fault() throws {
    let folder = try Scratch()
    let program = try folder.file(
      "server.py",
      """
      import os, shutil, sys
      shutil.rmtree(sys.argv[1], ignore_errors=True)
      os.execvp("python3", ["python3", *sys.argv[2:]])
      """
    )
    let reports = folder.file("reports")
    let outcome = try Pnprun.run(
      Trial.words("sum", ["--only", "E1", "--html", reports, "--", "python3", program, reports])
        + Trial.command("sum/ok_threads").dropFirst(2)
    )
    #expect(outcome.ending == .exit(70))
    let message = "pnprun: cannot write \(reports)/index.html: there is no directory \(reports)\n"
    #expect(outcome.errors == message)
  }
}
