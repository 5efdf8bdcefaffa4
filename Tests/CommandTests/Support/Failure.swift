// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What a test could not do, in words.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A call of the system that failed.
  static func system(_ call: String, _ code: Int32 = errno) -> Failure {
    Failure("\(call): \(String(cString: strerror(code)))")
  }
}

/// When a test stops waiting: long enough for a machine that has much else to do.
struct Deadline {
  private let end: ContinuousClock.Instant

  init(seconds: Int = 20) { end = .now + .seconds(seconds) }

  var milliseconds: Int32 {
    let rest = end - .now
    return rest > .zero ? Int32(rest / .milliseconds(1)) + 1 : 0
  }
}
