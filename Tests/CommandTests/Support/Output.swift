// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What a process writes to a pipe or a terminal, as it comes.
final class Output {
  private let descriptor: Int32
  private(set) var hasEnded = false
  /// Everything that has come.
  private(set) var bytes: [UInt8] = []
  /// Up to where lines were taken.
  private var taken = 0
  /// How much had come when `wait(forEnd:)` returned last.
  private var awaited = 0

  /// Takes over the reading end.
  init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Everything that has come, with line endings as in a file.
  var text: String {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// Reads once, as soon as there is something.
  ///
  /// - Throws: When nothing comes before the deadline.
  func readMore(_ deadline: Deadline) throws {
    guard !hasEnded else { return }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = poll(&entry, 1, deadline.milliseconds)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw Failure("nothing came; so far there was: \(text)") }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let received = read(descriptor, &buffer, buffer.count)
    // A terminal reports an error when its last user has closed it.
    if received <= 0 { hasEnded = true } else { bytes += buffer[..<received] }
  }

  /// Reads what is there already.
  func readAvailable() throws {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while !hasEnded, poll(&entry, 1, 0) > 0 { try readMore(Deadline()) }
  }

  /// The next line without its ending; at the end what is left, then `nil`.
  func line() throws -> String? {
    let deadline = Deadline()
    while true {
      if let end = bytes[taken...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { taken = end + 1 }
        return String(decoding: bytes[taken..<end], as: UTF8.self).replacing("\r", with: "")
      }
      if hasEnded { break }
      try readMore(deadline)
    }
    guard taken < bytes.count else { return nil }
    defer { taken = bytes.count }
    return String(decoding: bytes[taken...], as: UTF8.self)
  }

  func lines(_ count: Int) throws -> [String?] { try (0..<count).map { _ in try line() } }

  /// Waits for a line that contains such a text; returns it.
  @discardableResult
  func line(with part: String) throws -> String {
    while let line = try line() { if line.contains(part) { return line } }
    throw Failure("it ended without a line with \(part): \(text)")
  }

  /// Waits until something new has come and everything ends with a text.
  func wait(forEnd end: String) throws {
    let deadline = Deadline()
    defer { awaited = bytes.count }
    while bytes.count == awaited || !text.hasSuffix(end) {
      guard !hasEnded else { throw Failure("it ended without \(end): \(text)") }
      try readMore(deadline)
    }
  }

  /// Everything until the process closes it.
  func all() throws -> String {
    let deadline = Deadline()
    while !hasEnded { try readMore(deadline) }
    return text
  }
}
