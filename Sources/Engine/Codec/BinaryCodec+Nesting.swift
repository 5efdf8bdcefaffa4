// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Lists, records and variants: forms inside of a form. Their fields have a place in `found` behind
// those of the form around them, for as long as they are read.
extension BinaryCodec {
  func readNested(
    _ item: BinaryLayout.Item,
    of layout: BinaryLayout,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ base: Int,
    _ budget: inout BinaryBudget
  ) -> BinaryReading {
    let level = item.holdsRecords ? 1 : 0
    guard budget.depth + level <= BinaryBudget.maximumDepth else { return .mismatch }
    budget.depth += level
    defer { budget.depth -= level }
    let reading: BinaryReading
    let place: Int32
    switch item {
    case .list(let field, let element, _, let extent):
      place = field
      var count: Int?
      if case .fixed(let fixed) = extent { count = fixed }
      if case .field(let measure) = extent { count = found[base + 2 * Int(measure)] }
      reading = readList(Int(element), extent, count, message, position, &found, &budget)
    case .record(let field, let index):
      place = field
      reading = readRecord(Int(index), nil, message, position, &found, &budget).reading
    case .variant(let field, let lower, let upper):
      place = field
      let indices = layout.alternatives[Int(lower)..<Int(upper)]
      reading = readVariant(indices, message, position, &found, &budget).reading
    default: return .mismatch
    }
    if case .end(let end) = reading { found.setRange(position, end, base + 2 * Int(place)) }
    return reading
  }

  /// Reads `count` elements, or those up to the end that the list tells itself.
  private func readList(
    _ element: Int,
    _ extent: BinaryLayout.Extent,
    _ count: Int?,
    _ message: Span<UInt8>,
    _ start: Int,
    _ found: inout [Int],
    _ budget: inout BinaryBudget
  ) -> BinaryReading {
    if let count {
      guard count >= 0 else { return .mismatch }
      // Each element has at least one byte: the validator saw to that.
      guard count <= message.count - start else {
        return .incomplete(needed: count > Int.max - start ? .max : start + count)
      }
    }
    var position = start
    var read = 0
    while true {
      if let count, read == count { return .end(position) }
      if case .rest = extent, position == message.count { return .end(position) }
      var last: (field: Int, number: Int)?
      if case .last(let field, let number) = extent { last = (Int(field), number) }
      let outcome = readRecord(element, last?.field, message, position, &found, &budget)
      switch outcome.reading {
      case .end(let end): position = end
      case .incomplete(let needed):
        // Asking for all that is missing at least keeps the number of readings low.
        let missing = count.map { $0 - read } ?? 0
        return .incomplete(needed: max(needed, position + missing))
      case .mismatch: return .mismatch
      }
      read += 1
      if let last, outcome.number == last.number { return .end(position) }
    }
  }

  /// Reads one record; returns the number in one of its fields too, if asked for.
  func readRecord(
    _ index: Int,
    _ field: Int?,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ budget: inout BinaryBudget
  ) -> (reading: BinaryReading, number: Int?) {
    guard budget.takesStep() else { return (.mismatch, nil) }
    let base = found.count
    let places = 2 * layouts[index].fields.count
    found += repeatElement(0, count: places)
    defer { found.removeLast(places) }
    let reading = read(layouts[index], message, from: position, &found, at: base, &budget)
    return (reading, field.map { found[base + 2 * $0] })
  }

  /// The first alternative that fits decides; returns its layout too.
  func readVariant(
    _ alternatives: ArraySlice<Int32>,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ budget: inout BinaryBudget
  ) -> (reading: BinaryReading, layout: Int) {
    for alternative in alternatives {
      let index = Int(alternative)
      let reading = readRecord(index, nil, message, position, &found, &budget).reading
      switch reading {
      case .end: return (reading, index)
      case .incomplete where !budget.isWhole: return (reading, index)
      case .incomplete, .mismatch: continue
      }
    }
    return (.mismatch, 0)
  }
}
