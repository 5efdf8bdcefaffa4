// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension Socket {
  /// What came of asking for the next waiting connection.
  package enum Accepted: ~Copyable {
    case connection(Descriptor, peer: SocketAddress)
    case none
    /// Descriptors or memory have run out; the connection still waits.
    case exhausted
  }

  /// A listening socket at `address`, which may be taken again right after an earlier listener.
  ///
  /// A stale file in the way of a unix socket is removed, if nobody listens on it.
  ///
  /// - Throws: The error number, such as that of an address that is in use.
  package static func listen(
    at address: SocketAddress,
    backlog: Int32
  ) throws(Errno) -> Descriptor {
    let descriptor = try make(address.family)
    let number = descriptor.number
    if case .unix(let path) = address {
      try removeStaleSocket(path)
    } else {
      try enable(SO_REUSEADDR, level: SOL_SOCKET, of: number)
      // Accepted sockets inherit the option.
      try sendWithoutDelay(number, address.family)
    }
    if case .ipv6 = address {
      // Otherwise the wildcard address would take the IPv4 port as well.
      try enable(clinux_ipv6_only, level: clinux_protocol_ipv6, of: number)
    }
    _ = unsafe try address.withNative { native, length throws(Errno) in
      try systemCall("bind") { unsafe bind(number, native, length) }
    }
    _ = try systemCall("listen") { Glibc.listen(number, backlog) }
    return descriptor
  }

  /// Takes the next waiting connection.
  package static func accept(_ listener: Int32) -> Accepted {
    do throws(Errno) {
      let (number, peer) = unsafe try SocketAddress.filled { native, length throws(Errno) in
        try nonBlockingCall("accept4") { unsafe clinux_accept(listener, native, length) }
      }
      guard let number else { return .none }
      return .connection(Descriptor(owning: number), peer: peer ?? .unix(path: ""))
    } catch {
      // Any other error is that of the connection that was waiting, which its client has given up
      // (accept(2)); those behind it are reported as ready again.
      return error.isExhaustion ? .exhausted : .none
    }
  }

  /// Removes the file of a unix socket whose listener has gone.
  ///
  /// - Throws: `addressInUse` when somebody listens there, or when the file is not a socket.
  private static func removeStaleSocket(_ path: String) throws(Errno) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .addressInUse }
    let probe = try make(AF_UNIX)
    do throws(Errno) {
      _ = unsafe try SocketAddress.unix(path: path).withNative { native, length throws(Errno) in
        try systemCall("connect") { unsafe Glibc.connect(probe.number, native, length) }
      }
    } catch .connectionRefused {
      removeSocketFile(path)
      return
    } catch {
      throw .addressInUse
    }
    throw .addressInUse
  }

  /// Removes the file of a unix socket that this process was listening on.
  package static func removeSocketFile(_ path: String) {
    _ = unsafe unlink(path)
  }
}
