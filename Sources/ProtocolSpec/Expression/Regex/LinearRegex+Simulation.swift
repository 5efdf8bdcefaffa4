// SPDX-License-Identifier: Apache-2.0

/// The states that the machine is in, each once.
private struct StateSet {
  private(set) var members: [Int] = []
  private var marks: [Bool]

  init(capacity: Int) { marks = Array(repeating: false, count: capacity) }

  mutating func insert(_ state: Int) -> Bool {
    if marks[state] { return false }
    marks[state] = true
    members.append(state)
    return true
  }

  mutating func removeAll() {
    for state in members { marks[state] = false }
    members.removeAll(keepingCapacity: true)
  }
}

/// What lies around a position in the text.
private struct Place {
  var isStart: Bool
  var isEnd: Bool
  var isAfterWord: Bool
  var isBeforeWord: Bool

  func satisfies(_ assertion: RegexAssertion) -> Bool {
    switch assertion {
    case .start: isStart
    case .end: isEnd
    case .wordBoundary: isAfterWord != isBeforeWord
    case .noWordBoundary: isAfterWord == isBeforeWord
    }
  }
}

extension LinearRegex {
  /// Runs the machine; returns the end of the last match seen, the first one if it stops early.
  func run(over bytes: Span<UInt8>, isAnchored: Bool, stopsEarly: Bool) -> Int? {
    let size = program.instructions.count
    var current = StateSet(capacity: size)
    var next = StateSet(capacity: size)
    var pending: [Int] = []
    var lastMatch: Int?
    var position = 0
    var isAfterWord = false

    while true {
      let (scalar, length) = Self.scalar(in: bytes, at: position)
      let isBeforeWord = length > 0 && scalar < 128 && ScalarSet.word.contains(scalar)
      let surroundings = Place(
        isStart: position == 0,
        isEnd: length == 0,
        isAfterWord: isAfterWord,
        isBeforeWord: isBeforeWord
      )

      // `current` holds the states entered; follow what takes no scalar.
      if position == 0 || !isAnchored { _ = current.insert(0) }
      pending.append(contentsOf: current.members)
      while let state = pending.popLast() {
        switch program.instructions[state] {
        case .consume: break
        case .match:
          lastMatch = position
          if stopsEarly { return position }
        case .jump(let target):
          if current.insert(target) { pending.append(target) }
        case .split(let first, let second):
          if current.insert(first) { pending.append(first) }
          if current.insert(second) { pending.append(second) }
        case .assert(let assertion):
          if surroundings.satisfies(assertion), current.insert(state + 1) {
            pending.append(state + 1)
          }
        }
      }
      if length == 0 || (isAnchored && current.members.isEmpty) { return lastMatch }

      for state in current.members {
        if case .consume(let set) = program.instructions[state],
          program.sets[set].contains(scalar)
        {
          _ = next.insert(state + 1)
        }
      }
      swap(&current, &next)
      next.removeAll()
      position += length
      isAfterWord = isBeforeWord
    }
  }

  /// The scalar at a position and its length in bytes: U+FFFD for what is not UTF-8, length 0 at
  /// the end.
  private static func scalar(in bytes: Span<UInt8>, at position: Int) -> (UInt32, Int) {
    guard position < bytes.count else { return (0, 0) }
    let first = bytes[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard length > 1, position + length <= bytes.count else { return (0xFFFD, 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[position + offset]
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value) == nil ? (0xFFFD, 1) : (value, length)
  }
}
