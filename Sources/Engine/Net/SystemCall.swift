// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Makes a system call: the one way into the kernel.
///
/// - Parameters:
///   - name: The name of the call, shown when it fails as only a mistake of ours can make it fail.
///   - retrying: Whether a call that a signal interrupted is made again.
///   - body: The call, which returns -1 and sets `errno` when it fails.
/// - Returns: What the call returned, never -1.
/// - Throws: The error number.
@inline(__always)
func systemCall<Result: FixedWidthInteger & SignedInteger>(
  _ name: StaticString,
  retrying: Bool = true,
  _ body: () -> Result
) throws(Errno) -> Result {
  while true {
    let result = body()
    if result != -1 { return result }
    let error = Errno(errno)
    if error == .interrupted, retrying { continue }
    if error.isImpossible { trap(name, error) }
    throw error
  }
}

/// Makes a system call on a non-blocking descriptor; `nil` when it would block.
@inline(__always)
func nonBlockingCall<Result: FixedWidthInteger & SignedInteger>(
  _ name: StaticString,
  _ body: () -> Result
) throws(Errno) -> Result? {
  do throws(Errno) {
    return try systemCall(name, body)
  } catch .wouldBlock {
    return nil
  }
}

/// Ends the program: a call failed in a way that no input and no environment can cause.
@inline(never)
private func trap(_ name: StaticString, _ error: Errno) -> Never {
  preconditionFailure("\(name): \(error) (error \(error.code))")
}
