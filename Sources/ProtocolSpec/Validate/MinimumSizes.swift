// SPDX-License-Identifier: Apache-2.0

/// How many bytes a value of each type has at least.
struct MinimumSizes {
  /// By the record's index; `nil` for one that never ends because it contains itself.
  private(set) var records: [Int?]

  init(_ declarations: [RecordDeclaration]) {
    records = Array(repeating: nil, count: declarations.count)
    // Each round settles at least one record, or none is left that could be.
    for _ in declarations {
      for (index, declaration) in declarations.enumerated() {
        records[index] = size(of: declaration.form)
      }
    }
  }

  /// Capped, so that nested lists cannot overflow; `nil` when there is no end.
  func size(of type: BinaryType) -> Int? {
    switch type {
    case .integer(let form): return form.bytes
    case .float(let bytes, _): return bytes
    case .bits(let bits): return bits / 8
    case .varint: return 1
    case .decimal(let terminator): return 1 + terminator.count
    case .bytes(let extent), .text(let extent): return size(of: extent, element: 1)
    case .ipv4: return 4
    case .ipv6: return 16
    case .mac: return 6
    case .domain: return 1
    case .list(let element, let extent):
      switch extent {
      case .rest, .field: return 0
      default: return size(of: element).flatMap { size(of: extent, element: $0) }
      }
    case .record(let index): return records[index]
    case .variant(let indices): return indices.compactMap { records[$0] }.min()
    }
  }

  private func size(of extent: BinaryType.Extent, element: Int) -> Int {
    switch extent {
    case .rest, .field: 0
    case .fixed(let count): Self.capped(count.multipliedReportingOverflow(by: element))
    case .terminator(let mark): mark.count
    case .last: element
    }
  }

  private func size(of form: BinaryForm) -> Int? {
    var sum = 0
    for item in form.items {
      switch item {
      case .literal(let bytes): sum += bytes.count
      case .bits(let range):
        sum += form.fields[range].reduce(0) { $0 + $1.bitCount } / 8
      case .field(let index):
        guard let size = size(of: form.fields[index].type) else { return nil }
        sum = Self.capped(sum.addingReportingOverflow(size))
      }
    }
    return sum
  }

  private static func capped(_ result: (partialValue: Int, overflow: Bool)) -> Int {
    result.overflow ? Int.max / 2 : min(result.partialValue, Int.max / 2)
  }
}

extension BinaryField {
  /// The width of a field of a bit group; 0 for others.
  package var bitCount: Int {
    if case .bits(let bits) = type { bits } else { 0 }
  }
}
