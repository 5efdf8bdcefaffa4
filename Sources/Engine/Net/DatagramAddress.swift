// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An address and a port in the bytes of the kernel, so that to compare and to copy them is cheap.
struct DatagramAddress: Equatable, BitwiseCopyable {
  /// The address; for IPv4 only the lower half of `low`, the rest is 0.
  private var high: UInt64 = 0
  private var low: UInt64
  private var scope: UInt32 = 0
  private var port: in_port_t
  private var family: sa_family_t

  /// Room for the kernel's form of either family.
  typealias Native = sockaddr_in6
  static let nativeSize = socklen_t(MemoryLayout<Native>.size)

  /// `nil` for a unix socket.
  init?(_ address: SocketAddress) {
    switch address {
    case .ipv4(let host, let port):
      family = sa_family_t(AF_INET)
      low = UInt64(host.bigEndian)
      self.port = port.bigEndian
    case .ipv6(let high, let low, let port, let scope):
      family = sa_family_t(AF_INET6)
      self.high = high.bigEndian
      self.low = low.bigEndian
      self.port = port.bigEndian
      self.scope = scope
    case .unix: return nil
    }
  }

  /// Reads what the kernel has written.
  @inline(__always)
  init(_ native: UnsafeMutablePointer<Native>) {
    let raw = UnsafeRawPointer(native)
    family = unsafe raw.load(as: sa_family_t.self)
    port = unsafe raw.load(fromByteOffset: 2, as: in_port_t.self)
    if Int32(family) == AF_INET {
      low = UInt64(unsafe raw.load(fromByteOffset: 4, as: UInt32.self))
    } else {
      high = unsafe raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      low = unsafe raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      scope = unsafe raw.load(fromByteOffset: 24, as: UInt32.self)
    }
  }

  /// Writes the kernel's form; returns its length.
  @inline(__always)
  func write(to native: UnsafeMutablePointer<Native>) -> socklen_t {
    let raw = UnsafeMutableRawPointer(native)
    unsafe raw.storeBytes(of: family, as: sa_family_t.self)
    unsafe raw.storeBytes(of: port, toByteOffset: 2, as: in_port_t.self)
    if Int32(family) == AF_INET {
      unsafe raw.storeBytes(of: low, toByteOffset: 4, as: UInt64.self)
      unsafe raw.storeBytes(of: 0, toByteOffset: 12, as: UInt32.self)
      return socklen_t(MemoryLayout<sockaddr_in>.size)
    }
    unsafe raw.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
    unsafe raw.storeBytes(of: high, toByteOffset: 8, as: UInt64.self)
    unsafe raw.storeBytes(of: low, toByteOffset: 16, as: UInt64.self)
    unsafe raw.storeBytes(of: scope, toByteOffset: 24, as: UInt32.self)
    return Self.nativeSize
  }

  var socketAddress: SocketAddress {
    if Int32(family) == AF_INET {
      return .ipv4(
        UInt32(bigEndian: UInt32(truncatingIfNeeded: low)),
        port: UInt16(bigEndian: port)
      )
    }
    return .ipv6(
      UInt64(bigEndian: high),
      UInt64(bigEndian: low),
      port: UInt16(bigEndian: port),
      scope: scope
    )
  }

  /// A number that nobody can predict without knowing the seed.
  ///
  /// Two folded multiplications, as in wyhash by Wang Yi.
  @inline(__always)
  func hash(_ seed: UInt64) -> UInt64 {
    let first = Self.fold(low ^ seed, high ^ 0x9e37_79b9_7f4a_7c15)
    let second = UInt64(port) << 32 | UInt64(scope)
    return Self.fold(first ^ second, seed ^ 0xa076_1d64_78bd_642f)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
