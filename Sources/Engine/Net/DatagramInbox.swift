// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// The blocks that a loop receives datagrams into, many with one system call.
///
/// What was received stays valid until the next call. Only memory that was once filled is resident.
@safe final class DatagramInbox {
  /// The most datagrams of one call.
  static let batch = 64
  /// Longer than every datagram.
  static let longest = 65_535
  /// The blocks begin in different cache sets.
  private static let stride = 65_536 + 192

  private let space: UnsafeMutableRawPointer
  private let parts: UnsafeMutablePointer<iovec>
  private let names: UnsafeMutablePointer<DatagramAddress.Native>
  private let messages: UnsafeMutablePointer<clinux_message>
  /// How many entries of `messages` the last call has filled in.
  private var filled = 0

  /// Datagrams are cut to `size` bytes.
  init(cuttingAt size: Int) {
    unsafe space = .allocate(byteCount: Self.batch * Self.stride, alignment: 64)
    unsafe parts = .allocate(capacity: Self.batch)
    unsafe names = .allocate(capacity: Self.batch)
    unsafe messages = .allocate(capacity: Self.batch)
    let size = min(max(size, 1), Self.longest)
    for index in 0..<Self.batch {
      let block = unsafe space + index * Self.stride
      unsafe (parts + index).initialize(to: iovec(iov_base: block, iov_len: size))
      unsafe (names + index).initialize(to: DatagramAddress.Native())
      var header = unsafe msghdr()
      unsafe header.msg_name = UnsafeMutableRawPointer(names + index)
      unsafe header.msg_namelen = DatagramAddress.nativeSize
      unsafe header.msg_iov = parts + index
      unsafe header.msg_iovlen = 1
      unsafe (messages + index).initialize(to: clinux_message(header: header, length: 0))
    }
  }

  deinit {
    unsafe messages.deallocate()
    unsafe names.deallocate()
    unsafe parts.deallocate()
    unsafe space.deallocate()
  }

  /// Receives what has arrived.
  ///
  /// - Returns: How many datagrams there are; 0 when none has arrived.
  /// - Throws: An error that an earlier datagram has met; there may be more to receive.
  func receive(_ socket: Int32) throws(Errno) -> Int {
    for index in 0..<filled {
      unsafe messages[index].header.msg_namelen = DatagramAddress.nativeSize
    }
    filled = 0
    let count = try nonBlockingCall("recvmmsg") {
      unsafe clinux_receive_messages(socket, messages, UInt32(Self.batch))
    }
    filled = Int(count ?? 0)
    return filled
  }

  /// The content of one of the datagrams.
  @inline(__always)
  func bytes(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index < filled)
    return unsafe UnsafeRawBufferPointer(
      start: parts[index].iov_base,
      count: Int(messages[index].length)
    )
  }

  /// Who has sent it.
  @inline(__always)
  func sender(_ index: Int) -> DatagramAddress {
    precondition(index < filled)
    return unsafe DatagramAddress(names + index)
  }

  /// Whether it was longer than what is left of it.
  @inline(__always)
  func isCut(_ index: Int) -> Bool {
    precondition(index < filled)
    return unsafe messages[index].header.msg_flags & clinux_message_cut != 0
  }
}
