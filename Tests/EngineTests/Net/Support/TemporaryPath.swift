// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A path for a file or a unix socket that no other test and no other run uses.
func temporaryPath(_ name: String) -> String {
  "\(NSTemporaryDirectory())/pnprun-\(name)-\(UUID().uuidString.prefix(8))"
}
