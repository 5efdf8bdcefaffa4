// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Any bytes load as a specification or are refused with an error that can be shown, never both.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzYAML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let file = SourceFile(
    name: "fuzz.yaml",
    bytes: Array(UnsafeBufferPointer(start: start, count: count))
  )
  var diagnostics = Diagnostics()
  let spec = SpecLoader.load(file: file, into: &diagnostics)
  precondition((spec == nil) == diagnostics.hasErrors, "a specification and an error, or neither")
  let report = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
  precondition(report.isEmpty == diagnostics.all.isEmpty, "a diagnostic without words")
  return 0
}
