// SPDX-License-Identifier: Apache-2.0
package import Engine
import Glibc
package import ProtocolSpec

/// Ports for programs under test.
package enum FreePort {
  /// The kernel chooses none of these by itself, when it is set up as usual.
  private static let lowest: UInt16 = 10_000

  /// A port that nobody uses, on any address, and that no run on this machine has handed out that
  /// still goes on.
  ///
  /// Nothing holds it until the program takes it. So it is none of those that the kernel gives to
  /// whoever connects, and other runs are told by a name that this one keeps until its end.
  ///
  /// - Throws: The error number, `addressInUse` when there is none.
  package static func next(_ transport: Spec.Transport) throws(Errno) -> UInt16 {
    let ports = lowest...highest
    for _ in 0..<1000 {
      let port = UInt16.random(in: ports)
      if try isUnused(port, transport), try claim(port) { return port }
    }
    throw .addressInUse
  }

  /// The last one below those that the kernel chooses from; any, where these begin too low.
  private static var highest: UInt16 {
    let range = ProcFile.read("/proc/sys/net/ipv4/ip_local_port_range") ?? []
    let first = range.prefix { (0x30...0x39).contains($0) }
    guard let first = UInt16(String(decoding: first, as: UTF8.self)), first > lowest + 1000 else {
      return .max
    }
    return first - 1
  }

  private static func isUnused(
    _ port: UInt16,
    _ transport: Spec.Transport
  ) throws(Errno) -> Bool {
    let descriptor = try open(AF_INET, transport == .tcp ? SOCK_STREAM : SOCK_DGRAM)
    var address = sockaddr_in()
    // All addresses: then it is free on the loopback interface as well as on any other.
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    return try isFree(address, MemoryLayout<sockaddr_in>.size, descriptor)
  }

  /// Takes the name of the port for as long as this process lives: an abstract one, which leaves no
  /// file behind (unix(7)).
  private static func claim(_ port: UInt16) throws(Errno) -> Bool {
    let descriptor = try open(AF_UNIX, SOCK_DGRAM)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array("\0pnprun-port-\(port)".utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let size = MemoryLayout<sa_family_t>.size + name.count
    guard try isFree(address, size, descriptor) else { return false }
    _ = descriptor.release()
    return true
  }

  private static func open(_ family: Int32, _ type: __socket_type) throws(Errno) -> Descriptor {
    let number = socket(family, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Errno(errno) }
    return Descriptor(owning: number)
  }

  /// Binds a socket, unless somebody else has that address.
  private static func isFree<Address>(
    _ address: Address,
    _ size: Int,
    _ descriptor: borrowing Descriptor
  ) throws(Errno) -> Bool {
    let number = descriptor.number
    let code = unsafe withUnsafeBytes(of: address) { bytes in
      let address = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      return unsafe bind(number, address, socklen_t(size)) == 0 ? 0 : errno
    }
    guard code != 0 else { return true }
    guard code == EADDRINUSE else { throw Errno(code) }
    return false
  }
}
