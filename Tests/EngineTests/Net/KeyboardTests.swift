// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Glibc
import Testing

@Suite("the keyboard")
struct KeyboardTests {
  @Test("lines come through a pipe, without their endings", arguments: SelectorKind.allCases)
  func pipe(selector: SelectorKind) throws {
    let pipe = Pipe()
    let (loop, _) = try RunningLoop.start(
      selector,
      keyboard: pipe.fileHandleForReading.fileDescriptor
    )
    for piece in ["one\ntw", "o\r\n\nlast"] {
      try pipe.fileHandleForWriting.write(contentsOf: Data(piece.utf8))
    }
    try pipe.fileHandleForWriting.close()
    #expect(loop.join().typed == ["one", "two", "", "last", "<end>"])
  }

  @Test("a file is read to its end, although epoll refuses it", arguments: SelectorKind.allCases)
  func file(selector: SelectorKind) throws {
    let path = temporaryPath("keyboard")
    let lines = (0..<5000).map { "line \($0)" }
    try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
    defer { unlink(path) }
    let number = open(path, O_RDONLY)
    defer { close(number) }
    let (loop, _) = try RunningLoop.start(selector, keyboard: number)
    #expect(loop.join().typed == lines + ["<end>"])
  }

  @Test("what exceeds the longest line is dropped up to its end")
  func longLine() throws {
    let path = temporaryPath("long")
    let text = String(repeating: "x", count: 70_000) + "\nnext\n"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    defer { unlink(path) }
    let number = open(path, O_RDONLY)
    defer { close(number) }
    let (loop, _) = try RunningLoop.start(keyboard: number)
    let typed = loop.join().typed
    #expect(typed.map(\.utf8.count) == [65536, 4, 5])
  }

  @Test("a keyboard that cannot be read has ended")
  func closed() throws {
    let (loop, _) = try RunningLoop.start(before: { io in io.watchKeyboard() })
    #expect(loop.join().typed == ["<end>"])
  }
}

@Suite("signals")
struct SignalTests {
  @Test("a signal is reported to the handler instead of ending the program")
  func reported() throws {
    let (loop, _) = try RunningLoop.start(
      signals: [SIGUSR1],
      before: { _ in pthread_kill(pthread_self(), SIGUSR1) }
    )
    #expect(loop.join().signals == [SIGUSR1])
  }

  @Test("the end of a loop restores the signal mask")
  func restoresMask() throws {
    var before = sigset_t()
    var after = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &before)
    do {
      let loop = try EventLoop<EchoHandler>(signals: [SIGUSR2], keyboard: -1)
      var during = sigset_t()
      pthread_sigmask(SIG_BLOCK, nil, &during)
      #expect(sigismember(&during, SIGUSR2) == 1)
      _ = consume loop
    }
    pthread_sigmask(SIG_BLOCK, nil, &after)
    #expect(sigismember(&before, SIGUSR2) == sigismember(&after, SIGUSR2))
  }
}
