// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Reads what the kernel tells in /proc.
enum ProcFile {
  /// The whole content of a file; `nil` when it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 15)
    while true {
      let count = unsafe Glibc.read(file, &buffer, buffer.count)
      if count < 0 { return nil }
      if count == 0 { return content }
      content += buffer[..<count]
    }
  }

  /// The names in a folder; `nil` when it cannot be read.
  static func names(in path: String) -> [String]? {
    guard let folder = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Where a symbolic link leads, such as `socket:[1234]`; `nil` when it cannot be read.
  static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 256)
    let count = unsafe readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
