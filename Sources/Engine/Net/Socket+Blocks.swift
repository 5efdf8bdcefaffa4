// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

// Transfers in arrays, for code that does not need to be fast.
extension Socket {
  /// What came of asking for received bytes.
  package enum Block: Sendable {
    /// At least one.
    case bytes([UInt8])
    case nothingYet
    case endOfStream
    case failed(Errno)
  }

  /// Receives what has arrived, at most so many bytes.
  package static func receive(_ socket: Int32, atMost count: Int) -> Block {
    unsafe withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer in
      switch unsafe receive(socket, into: buffer) {
      case .bytes(let count): .bytes(unsafe Array(buffer[..<count]))
      case .nothingYet: .nothingYet
      case .endOfStream: .endOfStream
      case .failed(let error): .failed(error)
      }
    }
  }

  /// Sends as many of the bytes as the socket takes now, all in one write.
  ///
  /// - Returns: How many were taken; 0 when the socket is full.
  /// - Throws: The error number when the connection is broken.
  package static func send(_ socket: Int32, _ bytes: ArraySlice<UInt8>) throws(Errno) -> Int {
    let sent = unsafe bytes.withUnsafeBytes { bytes -> Result<Int, Errno> in
      do throws(Errno) { return .success(unsafe try send(socket, bytes)) } catch {
        return .failure(error)
      }
    }
    return try sent.get()
  }

  /// Receives one datagram, and from where; `nil` when none has arrived.
  ///
  /// - Throws: An error that an earlier datagram has met; there may be more to receive.
  package static func receiveDatagram(
    _ socket: Int32
  ) throws(Errno) -> (bytes: [UInt8], source: SocketAddress?)? {
    var bytes: [UInt8] = []
    let longest = DatagramInbox.longest
    let (count, source) = unsafe try SocketAddress.filled { native, length throws(Errno) -> Int? in
      var failure: Errno?
      var count: Int?
      unsafe withUnsafeTemporaryAllocation(byteCount: longest, alignment: 16) { buffer in
        do throws(Errno) {
          count = try nonBlockingCall("recvfrom") {
            unsafe recvfrom(socket, buffer.baseAddress, buffer.count, 0, native, length)
          }
          bytes = unsafe Array(buffer[..<(count ?? 0)])
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return count
    }
    return count == nil ? nil : (bytes, source)
  }

  /// Sends one datagram.
  ///
  /// - Returns: Whether the socket has taken it.
  /// - Throws: The error number, perhaps of what an earlier datagram has met.
  package static func sendDatagram(
    _ socket: Int32,
    _ bytes: [UInt8],
    to address: SocketAddress
  ) throws(Errno) -> Bool {
    let sent = unsafe try address.withNative { native, length throws(Errno) -> Int? in
      var failure: Errno?
      let count = unsafe bytes.withUnsafeBytes { buffer -> Int? in
        do throws(Errno) {
          return try nonBlockingCall("sendto") {
            unsafe sendto(
              socket,
              buffer.baseAddress,
              buffer.count,
              clinux_send_flags,
              native,
              length
            )
          }
        } catch {
          failure = error
          return nil
        }
      }
      if let failure { throw failure }
      return count
    }
    return sent != nil
  }

  /// Where a datagram was going that could not be delivered; `nil` when there is no more.
  package static func nextUndeliverable(_ socket: Int32) -> SocketAddress? {
    nextDeliveryError(socket)?.0.socketAddress
  }

  /// Lets the kernel hold about so many received bytes only; comes before connecting.
  package static func limitReceiveBuffer(_ socket: Int32, bytes: Int) throws(Errno) {
    try set(SO_RCVBUF, to: Int32(clamping: bytes), level: SOL_SOCKET, of: socket)
  }
}
