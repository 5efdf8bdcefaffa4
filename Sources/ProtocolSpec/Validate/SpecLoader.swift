// SPDX-License-Identifier: Apache-2.0

/// Why a setting cannot be given on the command line: one line that says what to write instead.
package struct SettingProblem: Error, Hashable, Sendable {
  package let message: String
}

/// The whole way from the text of a specification to a validated one.
package enum SpecLoader {
  /// Loads a specification; `nil` when it has errors.
  package static func load(
    file: SourceFile,
    into diagnostics: inout Diagnostics
  ) -> ValidatedSpec? {
    decode(file, into: &diagnostics).flatMap { Validator.validate($0, into: &diagnostics) }
  }

  /// Loads a specification with other values for some of its settings.
  ///
  /// - Throws: `SettingProblem` when there is no such setting, or the text is no value of its type.
  package static func load(
    file: SourceFile,
    overrides: [(name: String, text: String)],
    into diagnostics: inout Diagnostics
  ) throws(SettingProblem) -> ValidatedSpec? {
    guard var spec = decode(file, into: &diagnostics) else { return nil }
    if !overrides.isEmpty { spec.settings = try Overrides.apply(overrides, to: spec) }
    return Validator.validate(spec, into: &diagnostics)
  }

  private static func decode(_ file: SourceFile, into diagnostics: inout Diagnostics) -> Spec? {
    guard let node = YAMLLoader.load(file, into: &diagnostics) else { return nil }
    let spec = SpecDecoder.decode(node, file: file, into: &diagnostics)
    return diagnostics.hasErrors ? nil : spec
  }
}
