// SPDX-License-Identifier: Apache-2.0
import Glibc
import ProtocolSpec

/// Why a file cannot be used, in words for the person who named it.
package struct FileProblem: Error {
  package let message: String
}

/// Reading specifications from the disk.
enum Files {
  /// The largest specification that is read; a larger one is refused by the loader.
  private static let limit = 1024 * 1024 + 1

  /// The content of a file.
  ///
  /// - Throws: `FileProblem` when there is no such file, or it cannot be read.
  static func source(_ path: String) throws(FileProblem) -> SourceFile {
    SourceFile(name: path, bytes: try bytes(path, limit: limit))
  }

  /// The first bytes of a file, somewhat more than the limit at most.
  static func bytes(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    if isDirectory(path) { throw FileProblem(message: "\(path) is a directory") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count < limit {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw problem(path) }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return bytes
  }

  /// The specifications that the paths name: a directory stands for the `.yaml` files in it.
  static func specifications(_ paths: [String]) throws(FileProblem) -> [String] {
    var found: [String] = []
    for path in paths {
      guard isDirectory(path) else {
        found.append(path)
        continue
      }
      let inside = try entries(path)
      guard !inside.isEmpty else {
        throw FileProblem(message: "\(path) holds no .yaml file")
      }
      found += inside
    }
    return found
  }

  private static func entries(_ directory: String) throws(FileProblem) -> [String] {
    guard access(directory, R_OK | X_OK) == 0 else { throw problem(directory) }
    let names = names(in: directory).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    return names.sorted().map { prefix + $0 }
  }

  /// The names in a directory, in no order; none when it cannot be read.
  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
      )
    }
    return names
  }

  /// Makes a directory, unless it is there already.
  static func makeDirectory(_ path: String) throws(FileProblem) {
    guard mkdir(path, 0o777) != 0, !isDirectory(path) else { return }
    let reason = String(cString: strerror(errno)).lowercased()
    throw FileProblem(message: "cannot make the directory \(path): \(reason)")
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func problem(_ path: String) -> FileProblem {
    let reason =
      errno == ENOENT ? "there is no such file" : String(cString: strerror(errno)).lowercased()
    return FileProblem(message: "cannot read \(path): \(reason)")
  }
}
