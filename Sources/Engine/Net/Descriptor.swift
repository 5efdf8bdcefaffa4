// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file descriptor with one owner; the end of its life closes it.
package struct Descriptor: ~Copyable {
  /// The number that the kernel knows; -1 when nothing is owned.
  package let number: Int32

  /// Takes over an open descriptor.
  package init(owning number: Int32) { self.number = number }

  /// Owns nothing.
  package static var none: Descriptor { Descriptor(owning: -1) }

  deinit {
    guard number >= 0 else { return }
    // Linux has released the number even when close() reports an interruption or a late I/O error.
    if Glibc.close(number) == -1, errno == EBADF {
      preconditionFailure("close: descriptor \(number) is not open")
    }
  }
}

extension Descriptor {
  /// Gives the descriptor away; who takes its number closes it.
  package consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// A descriptor that is kept only to be given up when none is left.
  package static func spare() -> Descriptor {
    let number = try? systemCall("open") { unsafe Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC) }
    return Descriptor(owning: number ?? -1)
  }

  /// Whether a descriptor that somebody else owns, such as a standard stream, is open.
  static func isOpen(_ number: Int32) -> Bool { fcntl(number, F_GETFD) != -1 }

  /// Opens the null device in place of standard streams that the parent process closed, so that
  /// no socket ever gets the number of one of them.
  package static func openMissingStandardStreams() {
    for number: Int32 in 0...2 where !isOpen(number) {
      // The lowest free number is used, and it is this one: those below it are open.
      _ = unsafe Glibc.open("/dev/null", O_RDWR)
    }
  }
}
