// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A socket written straight on the system's calls, so that it shares nothing with what is tested;
/// no call of it waits for longer than twenty seconds.
final class Peer {
  /// Where a server listens.
  enum Address {
    case ipv4(UInt16)
    case ipv6(UInt16)
    case unix(String)
  }

  private let number: Int32
  private var unread: [UInt8] = []
  private var hasEnded = false
  private var wasReset = false

  init(_ address: Address, receiveBuffer: Int32? = nil) throws {
    let number = try Self.makeSocket(address, receiveBuffer)
    guard address.withNative({ Glibc.connect(number, $0, $1) }) == 0 else {
      let failure = Failure.system("connect")
      close(number)
      throw failure
    }
    self.number = number
  }

  /// Takes over a connected socket.
  init(owning number: Int32) {
    self.number = number
    Self.beImpatient(number)
  }

  deinit { close(number) }

  private static func makeSocket(_ address: Address, _ receiveBuffer: Int32?) throws -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let number = socket(address.family, type, 0)
    guard number >= 0 else { throw Failure.system("socket") }
    beImpatient(number)
    if let receiveBuffer { set(number, SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
    if address.family != AF_UNIX { set(number, Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1)) }
    return number
  }

  private static func beImpatient(_ number: Int32) {
    set(number, SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 20, tv_usec: 0))
    set(number, SOL_SOCKET, SO_SNDTIMEO, timeval(tv_sec: 20, tv_usec: 0))
  }

  private static func set<Value>(_ number: Int32, _ level: Int32, _ name: Int32, _ value: Value) {
    withUnsafePointer(to: value) {
      _ = setsockopt(number, level, name, $0, socklen_t(MemoryLayout<Value>.size))
    }
  }

  // MARK: - Sending

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure.system("send") }
      sent += count
    }
  }

  /// Sends each byte in a segment of its own.
  func trickle(_ text: String) throws { try trickle(Array(text.utf8)) }

  func trickle(_ bytes: [UInt8]) throws {
    for byte in bytes { try send([byte]) }
  }

  func finishSending() { shutdown(number, Int32(SHUT_WR)) }

  /// Makes the end of this value a reset of the connection.
  func resetAtEnd() {
    Self.set(number, SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
  }

  // MARK: - Receiving

  /// The next line without its ending; at the end of the stream what is left, then `nil`.
  ///
  /// A reset is an end as well.
  func line() throws -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      if hasEnded { break }
      try receive()
    }
    guard !unread.isEmpty else { return nil }
    defer { unread.removeAll() }
    return String(decoding: unread, as: UTF8.self)
  }

  func lines(_ count: Int) throws -> [String?] { try (0..<count).map { _ in try line() } }

  /// Everything until the end of the stream.
  func all() throws -> String {
    while !hasEnded { try receive() }
    defer { unread.removeAll() }
    return String(decoding: unread, as: UTF8.self)
  }

  /// The next bytes, or fewer at the end of the stream.
  func bytes(_ count: Int) throws -> [UInt8] {
    while unread.count < count, !hasEnded { try receive() }
    defer { unread.removeFirst(min(count, unread.count)) }
    return Array(unread.prefix(count))
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(number, &buffer, buffer.count, 0)
    if count < 0, errno == EINTR { return }
    wasReset = count < 0 && errno == ECONNRESET
    if count < 0, !wasReset { throw Failure.system("recv") }
    if count > 0 { unread += buffer[..<count] } else { hasEnded = true }
  }
}

extension Peer {
  /// Whether nothing more comes but a reset.
  func endsByReset() throws -> Bool {
    while !hasEnded { try receive() }
    return wasReset && unread.isEmpty
  }
}
