// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension Socket {
  /// What came of asking for received bytes.
  enum Received {
    /// So many bytes, at least one.
    case bytes(Int)
    case nothingYet
    case endOfStream
    case failed(Errno)
  }

  /// Starts to connect; the socket becomes writable when the attempt is decided.
  ///
  /// - Throws: The error number when the attempt failed at once.
  package static func startConnecting(
    _ socket: Int32,
    to address: SocketAddress
  ) throws(Errno) {
    do throws(Errno) {
      _ = unsafe try address.withNative { native, length throws(Errno) in
        // A repeated connect() would report the attempt that goes on as an error.
        try systemCall("connect", retrying: false) { unsafe connect(socket, native, length) }
      }
    } catch .inProgress, .interrupted {}
  }

  /// Receives what has arrived, at most as much as fits into `buffer`, which is not empty.
  @inline(__always)
  static func receive(_ socket: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Received {
    do throws(Errno) {
      let count = try nonBlockingCall("recv") {
        unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
      }
      guard let count else { return .nothingYet }
      return count == 0 ? .endOfStream : .bytes(count)
    } catch {
      return .failed(error)
    }
  }

  /// Sends as many of the bytes as the socket takes now.
  ///
  /// - Returns: How many were taken; 0 when the socket is full.
  /// - Throws: The error number when the connection is broken.
  @inline(__always)
  static func send(_ socket: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
    try nonBlockingCall("send") {
      unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, clinux_send_flags)
    } ?? 0
  }

  /// Tells the other side that nothing more will be sent.
  package static func finishSending(_ socket: Int32) {
    // It fails when the other side has reset the connection, and then there is nobody to tell.
    _ = shutdown(socket, clinux_shut_write)
  }

  /// Makes the end of the socket a reset, which drops what is still on the way.
  package static func resetWhenClosed(_ socket: Int32) {
    _ = clinux_reset_on_close(socket)
  }

  /// Reads from the keyboard, a pipe or a file that was reported as ready.
  ///
  /// A single read, which does not block then even if the descriptor is a blocking one.
  static func readInput(
    _ descriptor: Int32,
    into buffer: UnsafeMutableRawBufferPointer
  ) -> Received {
    do throws(Errno) {
      let count = try nonBlockingCall("read") {
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      guard let count else { return .nothingYet }
      return count == 0 ? .endOfStream : .bytes(count)
    } catch {
      return .failed(error)
    }
  }
}
