// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A thread beside the tests, for signals and for the line that shows progress.
///
/// A signal ends the programs under test, then this process; what still writes to somebody who does
/// not read is cut off after two seconds.
final class Supervisor: Sendable {
  private let session = Mutex<TestSession?>(nil)
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  init() {
    var set = Self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread,
      nil,
      { context in
        if let context { Unmanaged<Supervisor>.fromOpaque(context).takeRetainedValue().work() }
        return nil
      },
      context
    )
  }

  /// Looks after a run of tests, until it is told of another one.
  func watch(_ session: TestSession?) { self.session.withLock { $0 = session } }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  private func work() -> Never {
    var set = Self.set
    var patience = timespec(tv_sec: 0, tv_nsec: 200_000_000)
    while true {
      let signal = sigtimedwait(&set, nil, &patience)
      let session = session.withLock { $0 }
      if signal > 0 {
        endSoon(signal)
        session?.interrupt()
        _exit(128 + signal)
      }
      session?.tick()
    }
  }

  /// Ends this process in two seconds, whatever it does then.
  private func endSoon(_ number: Int32) {
    switch number {
    case SIGINT: signal(SIGALRM) { _ in _exit(128 + SIGINT) }
    case SIGHUP: signal(SIGALRM) { _ in _exit(128 + SIGHUP) }
    default: signal(SIGALRM) { _ in _exit(128 + SIGTERM) }
    }
    alarm(2)
  }
}
