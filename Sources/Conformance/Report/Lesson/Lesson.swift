// SPDX-License-Identifier: Apache-2.0

/// The lessons that `pnprun explain` prints: a page for each cause, with an example in Python.
enum Lesson {
  /// By the identifier of the cause.
  static let pages: [String: String] = [:]
}
