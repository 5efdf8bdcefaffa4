// SPDX-License-Identifier: Apache-2.0
import CProcess
import Engine
import ProtocolSpec

/// A socket that waits for peers, as a line of /proc/net/tcp or udp shows it; proc_net(5).
struct ListeningSocket: Hashable, Sendable {
  let address: SocketAddress
  /// The number that the kernel gave the socket; descriptors lead to `socket:[NUMBER]`.
  let inode: UInt64

  /// Whether a peer at 127.0.0.1 reaches it.
  var isOnLoopback: Bool {
    switch address {
    case .ipv4(let host, _): host == 0 || host == 0x7f00_0001
    // The wildcard takes IPv4 as well, unless that was switched off, which no table shows.
    case .ipv6(0, 0, _, _), .ipv6(0, 0xffff_7f00_0001, _, _), .ipv6(0, 0xffff_0000_0000, _, _): true
    case .ipv6, .unix: false
    }
  }
}

extension ListeningSocket {
  /// The address families, each with a table of its own.
  enum Family: String, CaseIterable {
    case ipv4 = ""
    case ipv6 = "6"
  }

  /// All of a family that wait for peers in the network of a process; `nil` when the table cannot be
  /// read.
  static func all(_ transport: Spec.Transport, _ family: Family, of process: Int32)
    -> [ListeningSocket]?
  {
    let network = ProcFile.target(of: "/proc/\(process)/ns/net")
    if transport == .tcp, network != nil, network == ProcFile.target(of: "/proc/self/ns/net"),
      let listening = listening(family)
    {
      return listening
    }
    return ProcFile.read("/proc/\(process)/net/\(transport.rawValue)\(family.rawValue)")
      .map { parse($0, transport) }
  }

  /// All of TCP in the network of this process: the table holds all connections as well, also those
  /// that are fading, and reading thousands of them takes long.
  private static func listening(_ family: Family) -> [ListeningSocket]? {
    let capacity = 4_096
    var isKnown = false
    let listeners = unsafe [cprocess_listener](unsafeUninitializedCapacity: capacity) {
      buffer,
      count in
      let found = unsafe cprocess_listeners(
        family == .ipv6,
        buffer.baseAddress,
        Int32(capacity)
      )
      count = max(0, Int(found))
      isKnown = found >= 0
    }
    guard isKnown else { return nil }
    return listeners.map { listener in
      let words = [
        listener.address.0, listener.address.1, listener.address.2, listener.address.3,
      ]
      .map { UInt32(bigEndian: $0) }
      return ListeningSocket(
        address: address(family == .ipv4 ? [words[0]] : words, listener.port),
        inode: UInt64(listener.inode)
      )
    }
  }

  /// Reads the lines of a table.
  static func parse(_ table: [UInt8], _ transport: Spec.Transport) -> [ListeningSocket] {
    // TCP_LISTEN; a datagram socket without a peer has the state TCP_CLOSE.
    let state = transport == .tcp ? "0A" : "07"
    return table.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard fields.count > 9, fields[3] == state, let inode = UInt64(fields[9]),
        let address = address(fields[1])
      else { return nil }
      return ListeningSocket(address: address, inode: inode)
    }
  }

  /// `0100007F:1F45`: words in the machine's byte order, and the port in that of people.
  private static func address(_ text: String) -> SocketAddress? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
    var words: [UInt32] = []
    var rest = parts[0]
    while rest.count >= 8 {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      words.append(UInt32(bigEndian: word))
      rest = rest.dropFirst(8)
    }
    return words.count == 1 || words.count == 4 ? address(words, port) : nil
  }

  /// One word for IPv4, four for IPv6.
  private static func address(_ words: [UInt32], _ port: UInt16) -> SocketAddress {
    guard words.count == 4 else { return .ipv4(words[0], port: port) }
    let halves = [0, 2].map { UInt64(words[$0]) << 32 | UInt64(words[$0 + 1]) }
    return .ipv6(halves[0], halves[1], port: port, scope: 0)
  }
}
