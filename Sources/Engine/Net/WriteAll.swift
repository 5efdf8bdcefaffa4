// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Writes all the bytes to a terminal, pipe or file, waiting where it has to.
///
/// - Returns: whether all could be written; a reader that has gone away is no error.
@discardableResult
package func writeAll(_ bytes: some Sequence<UInt8>, to descriptor: Int32) -> Bool {
  var rest = Array(bytes)[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { bytes -> Int? in
      do throws(Errno) {
        return try nonBlockingCall("write") {
          unsafe write(descriptor, bytes.baseAddress, bytes.count)
        }
      } catch {
        return 0
      }
    }
    guard let count else {
      // Somebody made it non-blocking, such as a shell that shares the terminal.
      var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&watched, 1, -1)
      continue
    }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}
