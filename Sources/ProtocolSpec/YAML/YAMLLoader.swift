// SPDX-License-Identifier: Apache-2.0

/// Loads the YAML of a specification.
package enum YAMLLoader {
  /// The document as a tree of located nodes, or nil when an error was found.
  ///
  /// A syntax error is one diagnostic. YAML that is well-formed but not part of the language
  /// (anchors, aliases, tags, merge keys, duplicate keys, tabs as indentation, directives, further
  /// documents) is reported wherever it stands.
  package static func load(_ file: SourceFile, into diagnostics: inout Diagnostics) -> Node? {
    var check = TextCheck()
    if let fault = check.check(file) {
      diagnostics.add(fault)
      return nil
    }
    var builder = NodeBuilder(
      file,
      EventReader(file, from: check.start, isASCII: check.isASCII)
    )
    return builder.document(into: &diagnostics)
  }
}
