// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import Testing

@Suite("A program under test")
struct TargetProcessTests {
  @Test("ends by itself with a status, and its outputs are apart")
  func exits() throws {
    let target = try Start.shell("echo out; echo err >&2; exit 3")
    #expect(target.waitUntilEnded(before: .patience) == .exited(3))
    #expect(target.log(.output).text == "out\n")
    #expect(target.log(.errors).text == "err\n")
    #expect("\(target.ending)" == "exit status 3")
  }

  @Test("ends by a signal of its own")
  func signalled() throws {
    let target = try Start.shell("kill -SEGV $$")
    #expect(target.waitUntilEnded(before: .patience) == .signalled(SIGSEGV))
    #expect("\(target.ending)" == "ended by signal 11 (SIGSEGV, segmentation fault)")
  }

  @Test("that does not exist cannot be started")
  func missing() throws {
    let command = try #require(ProgramCommand(["no-such-program"], address: .loopback(port: 1)))
    let error = #expect(throws: TargetStartError.self) { try TargetProcess(command) }
    #expect(
      error?.description
        == "cannot start no-such-program: no such program, check the name and the folder"
    )
  }

  @Test("gets its port in the words and in the environment, and little else")
  func command() throws {
    let words = [
      "sh", "-c", "echo $PORT $HOST $0 $PYTHONUNBUFFERED; ls /proc/self/fd", "{host}:{port}",
    ]
    let command = try #require(ProgramCommand(words, address: .loopback(port: 4711)))
    let target = try TargetProcess(command)
    target.waitUntilEnded(before: .patience)
    // Three standard descriptors, and the one with which ls reads the folder.
    #expect(target.log(.output).text == "4711 127.0.0.1 127.0.0.1:4711 1\n0\n1\n2\n3\n")
  }

  @Test("that asks to be told ends within the grace")
  func endsOnRequest() throws {
    let target = try Start.shell("trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 1; done")
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    #expect(target.ending == .stillRunning)
    #expect(target.stop(graceMilliseconds: 20_000) == .exited(7))
    #expect(target.log(.output).text == "up\nbye\n")
  }

  @Test("is seen at work")
  func usage() throws {
    let target = try Start.python(
      """
      import os, threading, time
      held = b"x" * (64 << 20)
      files = [open("/dev/null") for _ in range(20)]
      threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
      if os.fork() == 0: os._exit(0)
      os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
      if os.fork() == 0: time.sleep(1000)
      print("up"); time.sleep(1000)
      """
    )
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    let usage = try #require(target.usage())
    #expect(usage.processes == 2)
    #expect(usage.threads == 3)
    #expect(usage.zombies == 1)
    #expect(usage.descriptors >= 46)
    #expect(usage.residentBytes > 64 << 20)
    #expect(usage.processorNanoseconds >= 0)
    target.stop(graceMilliseconds: 0)
    #expect(target.usage() == ProcessUsage())
  }

  @Test("types nothing without a keyboard")
  func noKeyboard() throws {
    let target = try Start.shell("read line; echo \"[$line]\"")
    #expect(!target.type("text\n"))
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    #expect(target.log(.output).text == "[]\n")
  }

  @Test("has a keyboard and a screen that shows only what it prints")
  func terminal() throws {
    let target = try Start.shell(
      "test -t 0 && test -t 1 && printf 'name? '; read n; echo \"hello $n\"; cat; echo end >&2",
      .terminal
    )
    #expect(target.waitForOutput(beyond: 5, before: .patience))
    #expect(target.type("Ann\n"))
    #expect(target.waitForOutput(beyond: 15, before: .patience))
    #expect(target.endInput())
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    #expect(target.log(.output).text == "name? hello Ann\n")
    #expect(target.log(.errors).text == "end\n")
  }
}
