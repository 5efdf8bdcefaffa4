// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Signals as readable events of a descriptor, instead of interruptions.
///
/// While it lives, the signals are blocked in the thread that made it; its end restores the mask.
struct SignalSource: ~Copyable {
  let descriptor: Descriptor
  private let previousMask: sigset_t

  /// - Throws: The error number when the kernel has no descriptor left.
  init(_ signals: [Int32]) throws(Errno) {
    var mask = sigset_t()
    var previous = sigset_t()
    unsafe sigemptyset(&mask)
    for number in signals { unsafe sigaddset(&mask, number) }
    let number = try systemCall("signalfd") { unsafe signalfd(-1, &mask, clinux_signalfd_flags) }
    descriptor = Descriptor(owning: number)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, &previous)
    previousMask = previous
  }

  deinit {
    var mask = previousMask
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// The number of the next pending signal, or `nil` when none is pending.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    let count = try? nonBlockingCall("read") { unsafe read(descriptor.number, &info, size) }
    return count == size ? Int32(bitPattern: info.ssi_signo) : nil
  }

  /// Makes a write to a closed pipe or socket an ordinary error, for the rest of the process.
  static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
