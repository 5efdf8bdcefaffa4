// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Datagrams of one socket that wait to be sent, many with one system call.
///
/// Takes no heap until the first one.
@safe struct DatagramOutbox: ~Copyable {
  /// The most bytes of a datagram over IPv4 and IPv6 without extensions.
  static let longest = 65_507
  private static let batch = 64
  private static let poolBytes = 256 << 10

  private var memory: Memory?
  private(set) var count = 0
  private var used = 0
  private(set) var socket: Int32 = -1

  init() {}

  /// Whether a datagram of that length can be added for `socket` without sending the others.
  @inline(__always)
  func hasRoom(_ length: Int, for socket: Int32) -> Bool {
    count == 0
      || (socket == self.socket && count < Self.batch && used + length <= Self.poolBytes)
  }

  /// Adds a datagram for which there is room; `receiver` is `nil` for a connected socket.
  mutating func append(
    _ bytes: UnsafeRawBufferPointer,
    to receiver: DatagramAddress?,
    from socket: Int32
  ) {
    precondition(hasRoom(bytes.count, for: socket) && bytes.count <= Self.longest)
    let memory = memory ?? Memory(batch: Self.batch, poolBytes: Self.poolBytes)
    self.memory = memory
    unsafe memory.put(bytes, at: used, to: receiver, as: count)
    self.socket = socket
    used += bytes.count
    count += 1
  }

  /// What came of sending a batch.
  struct Sent {
    /// How many datagrams the socket did not take; they are lost, as any datagram may be.
    var lost = 0
    /// The last error that was reported; an earlier datagram may be the one that has met it.
    var error: Errno?
    /// Whether the kernel has stopped in between, for a reason that it does not tell.
    var wasInterrupted = false
  }

  /// Sends all of them.
  mutating func send() -> Sent {
    guard let memory else { return Sent() }
    var result = Sent()
    var next = 0
    var isRepeated = false
    while next < count {
      do throws(Errno) {
        let sent = try nonBlockingCall("sendmmsg") {
          unsafe clinux_send_messages(socket, memory.messages + next, UInt32(count - next))
        }
        guard let sent else {
          result.lost += count - next
          break
        }
        next += Int(sent)
        if next < count { result.wasInterrupted = true }
        isRepeated = false
      } catch {
        if error.isExhaustion {
          result.lost += count - next
          break
        }
        result.error = error
        // A call reports what an earlier datagram has met, instead of sending the next one.
        if isRepeated {
          result.lost += 1
          next += 1
        }
        isRepeated.toggle()
      }
    }
    count = 0
    used = 0
    return result
  }

  /// The blocks that the kernel reads.
  @safe private final class Memory {
    let messages: UnsafeMutablePointer<clinux_message>
    private let pool: UnsafeMutableRawPointer
    private let parts: UnsafeMutablePointer<iovec>
    private let names: UnsafeMutablePointer<DatagramAddress.Native>

    init(batch: Int, poolBytes: Int) {
      unsafe pool = .allocate(byteCount: poolBytes, alignment: 64)
      unsafe parts = .allocate(capacity: batch)
      unsafe names = .allocate(capacity: batch)
      unsafe messages = .allocate(capacity: batch)
      unsafe parts.initialize(repeating: iovec(), count: batch)
      unsafe names.initialize(repeating: DatagramAddress.Native(), count: batch)
      for index in 0..<batch {
        var header = unsafe msghdr()
        unsafe header.msg_iov = parts + index
        unsafe header.msg_iovlen = 1
        unsafe (messages + index).initialize(to: clinux_message(header: header, length: 0))
      }
    }

    deinit {
      unsafe messages.deallocate()
      unsafe names.deallocate()
      unsafe parts.deallocate()
      unsafe pool.deallocate()
    }

    @inline(__always)
    func put(
      _ bytes: UnsafeRawBufferPointer,
      at offset: Int,
      to receiver: DatagramAddress?,
      as index: Int
    ) {
      if let source = bytes.baseAddress {
        unsafe (pool + offset).copyMemory(from: source, byteCount: bytes.count)
      }
      unsafe parts[index] = iovec(iov_base: pool + offset, iov_len: bytes.count)
      if let receiver {
        unsafe messages[index].header.msg_namelen = receiver.write(to: names + index)
        unsafe messages[index].header.msg_name = UnsafeMutableRawPointer(names + index)
      } else {
        unsafe messages[index].header.msg_namelen = 0
        unsafe messages[index].header.msg_name = nil
      }
    }
  }
}
