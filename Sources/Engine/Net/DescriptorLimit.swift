// SPDX-License-Identifier: Apache-2.0
import CLinux

/// How many descriptors this process may have open.
package enum DescriptorLimit {
  /// Raises the limit as far as the system lets an ordinary user.
  ///
  /// - Returns: The limit now, or `nil` when it could not be changed.
  @discardableResult
  package static func raise() -> Int? {
    let limit = clinux_raise_descriptor_limit()
    return limit < 0 ? nil : Int(limit)
  }
}
