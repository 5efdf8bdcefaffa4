// SPDX-License-Identifier: Apache-2.0
package import Engine
import Glibc
package import ProtocolSpec
import Synchronization

/// Ports for programs under test.
package enum FreePort {
  private static let handedOut = Mutex<Set<UInt16>>([])

  /// A port that nobody uses, on any address, and that this run has not handed out before.
  ///
  /// Nothing holds it until the program takes it: whoever asks the kernel for a port may get it.
  ///
  /// - Throws: The error number, `addressInUse` when there is none.
  package static func next(_ transport: Spec.Transport) throws(Errno) -> UInt16 {
    for _ in 0..<1000 {
      let port = try unused(transport)
      if handedOut.withLock({ $0.insert(port).inserted }) { return port }
    }
    throw .addressInUse
  }

  /// Lets the kernel choose one, and gives it back.
  private static func unused(_ transport: Spec.Transport) throws(Errno) -> UInt16 {
    let type = Int32((transport == .tcp ? SOCK_STREAM : SOCK_DGRAM).rawValue)
    let number = socket(AF_INET, type | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Errno(errno) }
    let descriptor = Descriptor(owning: number)
    var address = sockaddr_in()
    // All addresses: then it is free on the loopback interface as well as on any other.
    address.sin_family = sa_family_t(AF_INET)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard unsafe bind(descriptor.number, address, size) == 0 else { return errno }
        return unsafe getsockname(descriptor.number, address, &size) == 0 ? 0 : errno
      }
    }
    guard code == 0 else { throw Errno(code) }
    return UInt16(bigEndian: address.sin_port)
  }
}
