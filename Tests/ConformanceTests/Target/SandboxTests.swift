// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import ProtocolSpec
import Testing

/// Whether bubblewrap is there, and allowed.
private let isAvailable: Bool = {
  do throws(SandboxError) {
    try Sandbox.check()
    return true
  } catch {
    print("the sandbox is not tested: \(error)")
    return false
  }
}()

@Suite("A program in the sandbox", .enabled(if: isAvailable))
struct SandboxTests {
  private func start(_ words: [String], mark: String = "") throws -> TargetProcess {
    var command = try #require(ProgramCommand(words, address: .loopback(port: 1)))
    command.environment["TEST_MARK"] = mark
    command.directory = "/usr"
    return try TargetProcess(Sandbox.confine(command))
  }

  @Test("changes nothing, has a /tmp of its own, and sees only itself")
  func view() throws {
    let target = try start([
      "sh", "-c",
      "touch /usr/x /etc/x 2>/dev/null || echo no; ls /tmp; touch /tmp/x && pwd; echo $PPID",
    ])
    #expect(target.waitUntilEnded(before: .patience) == .exited(0))
    #expect(target.log(.output).text == "no\n/usr\n1\n")
  }

  @Test("ends by its signal, not with the status that bubblewrap makes of it")
  func signalled() throws {
    let target = try start(["sh", "-c", "kill -SEGV $$"])
    #expect(target.waitUntilEnded(before: .patience) == .signalled(SIGSEGV))
  }

  @Test("leaves nothing")
  func stop() throws {
    let mark = Mark()
    let script = "trap '' TERM; setsid sleep 1000 & echo up; while :; do sleep 1000; done"
    let target = try start(["sh", "-c", script], mark: mark.name)
    #expect(target.waitForOutput(beyond: 2, before: .patience))
    target.stop()
    #expect(try mark.count() == 0)
  }

  @Test("is found to listen in a network of its own")
  func network() throws {
    let port = try FreePort.next(.tcp)
    let script = """
      import socket, sys, time
      s = socket.socket(); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(); time.sleep(1000)
      """
    let words = [
      "bwrap", "--unshare-net", "--dev-bind", "/", "/", "python3", "-c", script, "{port}",
    ]
    let command = try #require(ProgramCommand(words, address: .loopback(port: port)))
    let target = try TargetProcess(command)
    let readiness = target.waitUntilListening(port: port, transport: .tcp, before: .patience)
    guard case .ready(.loopback(port: port), _) = readiness else {
      Issue.record("\(readiness)")
      return
    }
  }
}
