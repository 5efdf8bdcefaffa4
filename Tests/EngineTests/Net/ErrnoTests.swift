// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc
import Testing

@Suite("error numbers")
struct ErrnoTests {
  @Test(
    "an error number says what happened in plain words",
    arguments: [
      (ECONNREFUSED, "connection refused"),
      (ECONNRESET, "connection reset by the other side"),
      (EADDRINUSE, "the address is already in use"),
      (EACCES, "permission denied"),
      (EMFILE, "this process has no more file descriptors, raise them with ulimit -n"),
      (EDOM, "numerical argument out of domain"),
    ]
  )
  func description(code: Int32, text: String) {
    #expect(Errno(code).description == text)
  }

  @Test("only what closing something may help against is exhaustion")
  func exhaustion() {
    #expect([EMFILE, ENFILE, ENOBUFS, ENOMEM].allSatisfy { Errno($0).isExhaustion })
    #expect(![EAGAIN, ECONNRESET, EBADF].contains { Errno($0).isExhaustion })
  }
}
