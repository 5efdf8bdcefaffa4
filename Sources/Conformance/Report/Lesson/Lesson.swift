// SPDX-License-Identifier: Apache-2.0

/// The lessons that `pnprun explain` prints: a page for each cause, with an example in Python.
///
/// They are for somebody in the second year who has just written a first server: what happens, what
/// the program does wrong, and how to write it instead. Lines have at most 78 columns.
enum Lesson {
  /// By the identifier of the cause.
  static let pages: [String: String] = [
    framing, ending, starting, crowd, values, games, chat, resources, clients, datagrams,
    unexplained,
  ].reduce(into: [:]) { pages, family in
    pages.merge(family) { first, _ in first }
  }
}
