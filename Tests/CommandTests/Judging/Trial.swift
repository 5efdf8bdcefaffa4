// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `pnprun test` on a program of the folder Tests/Programs.
enum Trial {
  /// The command that starts one of the programs.
  static func command(_ program: String, _ arguments: [String] = []) -> [String] {
    ["--", "python3", "\(Product.root)/Tests/Programs/\(program).py"] + arguments + ["{port}"]
  }

  /// The words of the command line before `--`.
  static func words(_ specification: String, _ options: [String]) -> [String] {
    ["test", Product.specification(specification)] + options
  }

  /// Tests a server of `sum` to the end.
  static func run(
    _ program: String,
    _ options: [String] = ["--only", "E1"],
    environment: [String: String] = [:]
  ) throws -> Pnprun.Outcome {
    try Pnprun.run(
      words("sum", options) + command("sum/\(program)"),
      environment: environment
    )
  }

  /// The processes whose command line has such a word.
  static func processes(with word: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      guard Int(name) != nil, let line = try? contents(of: "/proc/\(name)/cmdline") else {
        return false
      }
      return line.split(separator: "\0").contains { $0 == word }
    }
  }
}
