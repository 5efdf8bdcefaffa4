// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import Testing

@Suite("Of a hostile program nothing is left")
struct HostileProgramTests {
  @Test("when it ignores the request to end")
  func ignoresTerm() throws {
    let mark = Mark()
    let target = try Start.shell(
      "trap '' TERM HUP INT; echo up; while :; do sleep 1000; done",
      mark: mark.name
    )
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    #expect(target.stop(graceMilliseconds: 50) == .signalled(SIGKILL))
    #expect(try mark.count() == 0)
  }

  @Test("when it leaves its parent, its group and its session")
  func daemon() throws {
    let mark = Mark()
    let target = try Start.python(
      """
      import os, time
      if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
          print("up"); time.sleep(1000)
        os._exit(0)
      os.wait()
      """,
      mark: mark.name
    )
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    #expect(try mark.count() == 1)
    #expect(target.usage()?.processes == 1)
    target.stop(graceMilliseconds: 0)
    #expect(try mark.count() == 0)
  }

  @Test("when it forks without end")
  func forkStorm() throws {
    let mark = Mark()
    var limits = ProgramLimits()
    limits.processes = 60
    let target = try Start.python(
      """
      import os, signal
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      # Bounded, should the limit not work.
      for _ in range(9):
        try: os.fork()
        except OSError: pass
      while True: signal.pause()
      """,
      limits: limits,
      mark: mark.name
    )
    #expect(target.waitUntilEnded(before: .patience) == .overLimit(.processes))
    target.stop()
    #expect(try mark.count() == 0)
  }

  @Test("when its processes replace each other all the time")
  func relay() throws {
    let mark = Mark()
    let target = try Start.python(
      """
      import os
      print("up")
      while True:
        if os.fork() != 0: os._exit(0)
      """,
      mark: mark.name
    )
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    target.stop(graceMilliseconds: 0)
    #expect(try mark.count() == 0)
  }

  @Test("when it kills its warden")
  func killsWarden() throws {
    let mark = Mark()
    let target = try Start.shell(
      "(trap '' HUP; sleep 1000) & echo up; kill -KILL $PPID; sleep 1000",
      mark: mark.name
    )
    #expect(target.waitUntilEnded(before: .patience) == .signalled(SIGKILL))
    target.stop()
    #expect(try mark.count() == 0)
  }

  @Test("when it stops its warden")
  func stopsWarden() throws {
    let mark = Mark()
    let target = try Start.shell("kill -STOP $PPID; echo up; sleep 1000", mark: mark.name)
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    target.stop(graceMilliseconds: 0)
    #expect(try mark.count() == 0)
  }

  @Test("when it floods its outputs, which never makes it wait")
  func flood() throws {
    var limits = ProgramLimits()
    limits.outputBytes = 1 << 20
    let target = try Start.python(
      """
      import os
      os.write(1, b"first")
      for _ in range(40): os.write(1, b"x" * (1 << 16)); os.write(2, b"y" * 10000)
      os.write(2, b"last")
      """,
      limits: limits
    )
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    let output = target.log(.output)
    #expect(output.byteCount == 40 << 16 + 5)
    #expect(output.bytes.starts(with: Array("first".utf8)))
    #expect(output.omittedBytes > 0)
    #expect(output.bytes.count + output.omittedBytes == output.byteCount)
    let errors = target.log(.errors)
    #expect(errors.bytes.suffix(4) == Array("last".utf8)[...])
    #expect(errors.pieces.map(\.time) == errors.pieces.map(\.time).sorted())
  }

  @Test("when it fills the memory")
  func memory() throws {
    var limits = ProgramLimits()
    limits.residentBytes = 200 << 20
    let target = try Start.python(
      """
      held = []
      while len(held) < 1000: held.append(bytearray(b"x" * (1 << 20)))
      import time; time.sleep(1000)
      """,
      limits: limits
    )
    #expect(target.waitUntilEnded(before: .patience) == .overLimit(.memory))
  }

  @Test("when it uses the processor without end, and ignores the warning")
  func processor() throws {
    var limits = ProgramLimits()
    limits.processorSeconds = 1
    let target = try Start.shell("trap '' XCPU; while :; do :; done", limits: limits)
    #expect(target.waitUntilEnded(before: .patience) == .overLimit(.processorTime))
  }

  @Test("when it runs too long")
  func wallTime() throws {
    var limits = ProgramLimits()
    limits.wallSeconds = 1
    let mark = Mark()
    let target = try Start.shell("sleep 1000 & sleep 1000", limits: limits, mark: mark.name)
    #expect(target.waitUntilEnded(before: .patience) == .overLimit(.wallTime))
    target.stop()
    #expect(try mark.count() == 0)
  }

  @Test("and it opens no more descriptors than it may")
  func descriptors() throws {
    var limits = ProgramLimits()
    limits.descriptors = 32
    let target = try Start.python(
      """
      files = []
      try:
        while True: files.append(open("/dev/null"))
      except OSError as error: print(error.errno, len(files) < 32)
      """,
      limits: limits
    )
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    #expect(target.log(.output).text == "\(EMFILE) True\n")
  }

  @Test("whatever it prints is kept as it is")
  func controlCharacters() throws {
    let target = try Start.shell(#"printf '\033[2J\000\377\r\n'"#)
    target.waitUntilEnded(before: .patience)
    #expect(target.log(.output).bytes == [0x1b, 0x5b, 0x32, 0x4a, 0, 0xff, 13, 10])
  }
}
