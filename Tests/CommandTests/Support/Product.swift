// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where things are: the program that was built with these tests, and the files of the package.
enum Product {
  /// The program under test lies next to the program that runs the tests.
  static let pnprun = directoryOfTests + "/pnprun"

  static let root = String(#filePath.dropLast("/Tests/CommandTests/Support/Product.swift".count))

  /// Whether a sanitizer is at work, which needs memory of its own.
  static let isSanitized =
    dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

  /// The path of a shipped protocol.
  static func specification(_ name: String) -> String { "\(root)/protocols/\(name).yaml" }

  /// The path of a program that the tests need.
  ///
  /// - Throws: A failure that says how to install it.
  static func tool(_ name: String) throws -> String {
    for directory in (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":") {
      let path = "\(directory)/\(name)"
      if access(path, X_OK) == 0 { return path }
    }
    throw Failure("\(name) is missing: scripts/test.sh installs what the tests need")
  }

  private static let directoryOfTests: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(characters: buffer)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }()
}
