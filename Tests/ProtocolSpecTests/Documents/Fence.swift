// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A fenced code block of a Markdown document.
struct Fence: CustomTestStringConvertible {
  /// What follows the opening back quotes, such as `yaml spec`.
  let info: String
  let text: String
  /// `docs/language.md:7`, the place of its first line.
  let place: String

  var testDescription: String { place }

  /// The blocks of every document of the project, in order.
  static let all: [Fence] = {
    let documents = ["README.md", "docs/language.md", "docs/tutorial.md"]
    return documents.flatMap { fences(of: $0) }
  }()

  private static func fences(of document: String) -> [Fence] {
    guard
      let text = try? String(contentsOf: Project.root.appending(path: document), encoding: .utf8)
    else { return [] }
    var fences: [Fence] = []
    var open: (info: String, line: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("```") {
        if let block = open {
          let body = block.lines.map { $0 + "\n" }.joined()
          fences.append(Fence(info: block.info, text: body, place: "\(document):\(block.line)"))
          open = nil
        } else {
          open = (String(line.dropFirst(3)), index + 2, [])
        }
      } else {
        open?.lines.append(String(line))
      }
    }
    return fences
  }
}

/// The files of the project, as the tests find them.
enum Project {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The specifications that ship, as paths.
  static let specifications: [String] = ["protocols", "protocols/real", "Examples/CourseHooks"]
    .flatMap { folder in
      let path = root.appending(path: folder).path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }
}
