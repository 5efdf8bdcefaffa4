// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file with a report that is written again and again while somebody may read it.
///
/// Each text first goes to a file beside it, which then takes its name (rename(2)): a reader sees
/// the old text or the new one, never a part. What is no regular file, such as `/dev/stdout` or a
/// pipe, is written to directly.
package struct ReportFile: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Replaces the content.
  package func write(_ text: String) throws(FileProblem) {
    var status = stat()
    let exists = stat(path, &status) == 0
    switch exists ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFREG: try replace(with: text, mode: exists ? status.st_mode & 0o7777 : nil)
    case S_IFDIR: throw FileProblem(message: "cannot write \(path): it is a directory")
    default: try write(text, flags: 0)
    }
  }

  /// Adds to the end, as the summary of a GitHub job wants it.
  package func append(_ text: String) throws(FileProblem) {
    try write(text, flags: O_APPEND | O_CREAT)
  }

  private func write(_ text: String, flags: Int32) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    let fault = Self.write(text, to: descriptor)
    close(descriptor)
    if let fault { throw problem(fault) }
  }

  private func replace(with text: String, mode: mode_t?) throws(FileProblem) {
    let target = resolved
    let temporary = "\(target).\(getpid()).tmp"
    // A file of that name can only be left over from a process that was killed.
    unlink(temporary)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = open(temporary, flags, 0o666)
    guard descriptor >= 0 else { throw problem(errno) }
    if let mode { fchmod(descriptor, mode) }
    var fault = Self.write(text, to: descriptor)
    if close(descriptor) != 0, fault == nil { fault = errno }
    if fault == nil, rename(temporary, target) != 0 { fault = errno }
    if let fault {
      unlink(temporary)
      throw problem(fault)
    }
  }

  /// The path behind a symbolic link, so that the link stays one.
  private var resolved: String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Writes everything; returns the errno of what went wrong.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[written...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return errno }
        written += count
      }
      return nil
    }
  }

  private func problem(_ code: Int32) -> FileProblem {
    let directory = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
    var status = stat()
    let isThere = stat(String(directory), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if !directory.isEmpty, !isThere {
      return FileProblem(message: "cannot write \(path): there is no directory \(directory)")
    }
    let reason = String(cString: strerror(code)).lowercased()
    return FileProblem(message: "cannot write \(path): \(reason)")
  }
}
