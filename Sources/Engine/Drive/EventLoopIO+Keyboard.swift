// SPDX-License-Identifier: Apache-2.0

/// The lines of a terminal, pipe or file.
struct Keyboard {
  /// Bytes of a line beyond it are dropped.
  static let longestLine = 64 << 10
  /// The most bytes that are read at once.
  static let readBytes = 4 << 10

  let descriptor: Int32
  /// The connection that the lines are sent to.
  var consumer = ConnectionID.background
  /// Whether the handler wants lines.
  var isWanted = false
  /// Whether the selector reports it.
  var isWatched = false
  /// A regular file is always ready, and epoll refuses to watch it.
  var isAlwaysReady = false
  var hasEnded = false
  /// Complete lines, and the part of one that follows them.
  private var bytes: [UInt8] = []
  private var start = 0
  /// Up to where no line ending is.
  private var searched = 0
  /// Of the line that comes in.
  private var lineLength = 0

  /// Whether the handler wants lines and there may be one, or the end of the input, to report.
  var hasSomething: Bool { isWanted && (hasEnded || searched < bytes.count) }

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func append(_ input: UnsafeRawBufferPointer) {
    if start > 0 {
      bytes.removeFirst(start)
      searched -= start
      start = 0
    }
    for offset in 0..<input.count {
      let byte = unsafe input[offset]
      let isEnd = byte == UInt8(ascii: "\n")
      lineLength = isEnd ? 0 : lineLength + 1
      if lineLength <= Self.longestLine { bytes.append(byte) }
    }
  }

  /// Takes out the next complete line, without its ending; at the end also an incomplete one.
  mutating func nextLine() -> [UInt8]? {
    while searched < bytes.count, bytes[searched] != UInt8(ascii: "\n") { searched += 1 }
    let isComplete = searched < bytes.count
    guard isComplete || (hasEnded && start < bytes.count) else { return nil }
    var line = bytes[start..<searched]
    if isComplete { searched += 1 }
    start = searched
    if isComplete, line.last == UInt8(ascii: "\r") { line.removeLast() }
    return Array(line)
  }
}

extension LoopIO {
  /// Reports the lines of the keyboard from now on, those already read included, until the end of
  /// the input has been reported.
  ///
  /// While the connection that they are sent to is congested, they wait.
  package mutating func watchKeyboard(for consumer: ConnectionID = .background) {
    keyboard.consumer = consumer
    guard !keyboard.isWanted, !isStopping else { return }
    keyboard.isWanted = true
    if !Descriptor.isOpen(keyboard.descriptor) { keyboard.hasEnded = true }
    resumeKeyboard()
  }

  /// Reports no more lines; those that come meanwhile are kept for `watchKeyboard(for:)`.
  package mutating func ignoreKeyboard() {
    keyboard.isWanted = false
    pauseKeyboard()
  }

  private var isKeyboardHeld: Bool { isCongested(keyboard.consumer) }

  /// Whether there is a line, or the end of the input, to report.
  var hasTyped: Bool { keyboard.hasSomething && !isKeyboardHeld }

  /// Lets the selector report the keyboard, if lines are wanted and do not wait.
  mutating func resumeKeyboard() {
    guard keyboard.isWanted, !keyboard.isWatched, !keyboard.isAlwaysReady, !keyboard.hasEnded,
      !isKeyboardHeld
    else { return }
    do throws(SelectorError) {
      try selector.add(keyboard.descriptor, .read, key: LoopKey.keyboard.rawValue)
      keyboard.isWatched = true
    } catch .system(.notPermitted) {
      keyboard.isAlwaysReady = true
    } catch {
      keyboard.hasEnded = true
    }
  }

  private mutating func pauseKeyboard() {
    keyboard.isAlwaysReady = false
    guard keyboard.isWatched else { return }
    keyboard.isWatched = false
    selector.remove(keyboard.descriptor)
  }

  /// Reads once from the keyboard, which is ready.
  mutating func readKeyboard(_ buffer: borrowing ReadBuffer) {
    guard keyboard.isWatched || keyboard.isAlwaysReady else { return }
    guard !isKeyboardHeld else { return pauseKeyboard() }
    let space = unsafe UnsafeMutableRawBufferPointer(
      rebasing: buffer.space[..<Keyboard.readBytes]
    )
    switch unsafe Socket.readInput(keyboard.descriptor, into: space) {
    case .bytes(let count):
      unsafe keyboard.append(UnsafeRawBufferPointer(rebasing: space[..<count]))
    case .nothingYet: break
    case .endOfStream, .failed:
      pauseKeyboard()
      keyboard.hasEnded = true
    }
  }

  /// What the handler is to be told next: a line, or the end of the input as `.some(nil)`.
  mutating func nextTyped() -> [UInt8]?? {
    guard keyboard.isWanted, !isKeyboardHeld else { return nil }
    if let line = keyboard.nextLine() { return .some(line) }
    guard keyboard.hasEnded else { return nil }
    keyboard.isWanted = false
    return .some(nil)
  }
}
