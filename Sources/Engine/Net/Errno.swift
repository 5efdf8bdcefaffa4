// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An error number of the kernel, as a value.
package struct Errno: Error, Hashable, Sendable {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  package static let interrupted = Errno(EINTR)
  package static let wouldBlock = Errno(EAGAIN)
  package static let inProgress = Errno(EINPROGRESS)
  package static let connectionRefused = Errno(ECONNREFUSED)
  package static let connectionReset = Errno(ECONNRESET)
  package static let timedOut = Errno(ETIMEDOUT)
  package static let addressInUse = Errno(EADDRINUSE)
  package static let notPermitted = Errno(EPERM)
  package static let invalidArgument = Errno(EINVAL)
  package static let messageTooLong = Errno(EMSGSIZE)
  package static let unsupportedAddress = Errno(EAFNOSUPPORT)
  package static let canceled = Errno(ECANCELED)

  /// Whether descriptors or kernel memory have run out; closing something may help.
  package var isExhaustion: Bool {
    code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM
  }

  /// Whether only a mistake in this program can cause it: such calls trap instead of throwing.
  var isImpossible: Bool { code == EBADF || code == EFAULT }
}

extension Errno: CustomStringConvertible {
  /// What happened in plain words: lower case, no full stop.
  package var description: String {
    switch code {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET: "connection reset by the other side"
    case EPIPE: "the other side no longer reads"
    case ETIMEDOUT: "no answer in time"
    case EADDRINUSE: "the address is already in use"
    case EADDRNOTAVAIL: "this machine does not have that address"
    case EACCES: "permission denied"
    case EPERM: "operation not permitted"
    case EMFILE: "this process has no more file descriptors, raise them with ulimit -n"
    case ENFILE: "the system has no more file descriptors"
    case ENOBUFS, ENOMEM: "the system has no more memory"
    case ENETUNREACH: "the network cannot be reached"
    case EHOSTUNREACH: "the host cannot be reached"
    case ENOENT: "no such file"
    case ENOTSOCK: "not a socket"
    case ECANCELED: "canceled because the program is ending"
    case EAGAIN: "the other side is too busy to accept"
    case EAFNOSUPPORT: "this system does not support that kind of address"
    case EMSGSIZE: "a datagram has at most 65507 bytes"
    case ENXIO: "this machine has no such network interface"
    case ENAMETOOLONG: "the path is too long"
    default: unsafe String(cString: strerror(code)).lowercased()
    }
  }
}
