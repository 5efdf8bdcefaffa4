// SPDX-License-Identifier: Apache-2.0
import Glibc
import PnprunKit
import Testing

@Suite("A report on the disk")
struct ReportFileTests {
  @Test("a reader sees one text or the other, never a part")
  func neverHalf() async throws {
    let folder = try Scratch()
    let path = folder.file("report.xml")
    let texts = ["a", "b"].map { String(repeating: $0, count: 300_000) }
    let file = ReportFile(path: path)
    try file.write(texts[0])
    let writer = Task.detached {
      for round in 1...200 { try file.write(texts[round % 2]) }
    }
    for _ in 1...200 {
      let seen = try contents(of: path)
      #expect(seen == texts[0] || seen == texts[1], "\(seen.utf8.count) bytes")
    }
    try await writer.value
    #expect(try names(in: folder.path) == ["report.xml"])
  }

  @Test("a link stays a link, and a file keeps its mode")
  func keeps() throws {
    let folder = try Scratch()
    let path = try folder.file("report.xml", "old")
    let link = folder.file("link.xml")
    #expect(symlink(path, link) == 0)
    #expect(chmod(path, 0o640) == 0)
    try ReportFile(path: link).write("new")
    #expect(try contents(of: path) == "new")
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(lstat(path, &status) == 0 && status.st_mode & 0o7777 == 0o640)
  }

  @Test("a device is written to, and stays")
  func device() throws {
    try ReportFile(path: "/dev/null").write("text")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("a text can be added")
  func append() throws {
    let folder = try Scratch()
    let path = folder.file("summary.md")
    try ReportFile(path: path).append("one\n")
    try ReportFile(path: path).append("two\n")
    #expect(try contents(of: path) == "one\ntwo\n")
  }

  @Test("what cannot be written is told in one line")
  func refused() throws {
    let folder = try Scratch()
    let old = try folder.file("old", "text")
    let cases = [
      ("/dev/full", "cannot write /dev/full: no space left on device"),
      ("\(folder.path)/no/a.xml", "there is no directory \(folder.path)/no"),
      ("\(old)/a.xml", "there is no directory \(old)"),
      (folder.path, "cannot write \(folder.path): it is a directory"),
      ("/proc/a.xml", "/proc/a.xml: no such file or directory"),
    ]
    for (path, message) in cases {
      let problem = #expect(throws: FileProblem.self) { try ReportFile(path: path).write("text") }
      #expect(problem?.message.hasSuffix(message) == true, "\(problem?.message ?? "")")
    }
    #expect(try names(in: folder.path) == ["old"])
  }

  /// The names of the files in a folder.
  private func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else { throw Failure.system("open \(folder)") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
