// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A folder for the files of one test, removed with this value.
final class Scratch {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/pnprun-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure.system("mkdtemp") }
    path = String(characters: template)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// A path in the folder, for something that the program under test makes.
  func file(_ name: String) -> String {
    files.append("\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// A file with such a text.
  func file(_ name: String, _ text: String) throws -> String {
    let path = file(name)
    guard let stream = fopen(path, "we") else { throw Failure.system("open \(path)") }
    defer { fclose(stream) }
    fputs(text, stream)
    return path
  }

  /// A shipped protocol with a line at its top level added.
  func specification(_ name: String, adding line: String) throws -> String {
    try file("\(name).yaml", try contents(of: Product.specification(name)) + "\n\(line)\n")
  }
}
