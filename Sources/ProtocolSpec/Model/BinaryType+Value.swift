// SPDX-License-Identifier: Apache-2.0

extension BinaryType {
  /// Whether a value can be sent as this type.
  ///
  /// Of records only the kind of value is looked at: their fields are compared when sending.
  package func fits(_ value: Value) -> Bool {
    switch (self, value) {
    case (.integer(let form), .int(let int)): form.bounds.contains(int)
    case (.bits(let bits), .int(let int)): int >= 0 && (bits >= 63 || int >> bits == 0)
    case (.varint, .int(let int)): int >= 0
    case (.decimal, .int), (.float, .int), (.record, .map), (.variant, .map): true
    case (.float(let bytes, _), .double(let double)):
      bytes == 8 || !double.isFinite || Float(double).isFinite
    case (.bytes(let extent), .bytes(let bytes)): extent.holds(bytes)
    case (.bytes(let extent), .string(let text)): extent.holds(Array(text.utf8))
    case (.text(let extent), .string(let text)):
      // How many bytes other characters have depends on the encoding.
      !text.utf8.allSatisfy { $0 < 0x80 } || extent.holds(Array(text.utf8))
    case (.ipv4, .string(let text)): AddressText.ipv4(text) != nil
    case (.ipv6, .string(let text)): AddressText.ipv6(text) != nil
    case (.mac, .string(let text)): AddressText.mac(text) != nil
    case (.domain, .string(let text)): DomainName(text) != nil
    case (.list(let element, let extent), .list(let values)):
      extent.holds(count: values.count) && values.allSatisfy { element.fits($0) }
    default: false
    }
  }

  /// The value as it comes back when it was sent: bytes for a text in a field of bytes, a double for
  /// an integer in a float.
  package func received(_ value: Value) -> Value {
    switch (self, value) {
    case (.bytes, .string(let text)): .bytes(Array(text.utf8))
    case (.float(let bytes, _), .int(let int)): .double(Self.rounded(Double(int), bytes))
    case (.float(let bytes, _), .double(let double)): .double(Self.rounded(double, bytes))
    case (.ipv4, .string(let text)): Self.string(AddressText.ipv4(text).map(AddressText.text), text)
    case (.ipv6, .string(let text)): Self.string(AddressText.ipv6(text).map(AddressText.text), text)
    case (.mac, .string(let text)):
      Self.string(AddressText.mac(text).map(AddressText.macText), text)
    case (.domain, .string(let text)): Self.string(DomainName(text)?.text, text)
    case (.list(let element, _), .list(let values)): .list(values.map { element.received($0) })
    default: value
    }
  }

  private static func rounded(_ double: Double, _ bytes: Int) -> Double {
    bytes == 4 ? Double(Float(double)) : double
  }

  private static func string(_ text: String?, _ fallback: String) -> Value {
    .string(text ?? fallback)
  }

  /// What fits the type, in words: `an integer from 0 to 255`.
  package var description: String {
    switch self {
    case .integer(let form): Self.words(form.bounds)
    case .bits(let bits): Self.words(0...(bits >= 63 ? Int.max : (1 << bits) - 1))
    case .varint: Self.words(0...Int.max)
    case .decimal: "an integer"
    case .float: "a number"
    case .bytes(let extent): "bytes" + extent.words("bytes")
    case .text(let extent): "a text" + extent.words("bytes")
    case .ipv4: "an address such as \"192.0.2.1\""
    case .ipv6: "an address such as \"2001:db8::1\""
    case .mac: "an address such as \"00:00:5e:00:53:01\""
    case .domain: "a domain name such as \"www.example.com\""
    case .list(let element, let extent):
      "a list" + extent.words("elements") + ", each \(element.description)"
    case .record, .variant: "a map of its fields"
    }
  }

  private static func words(_ bounds: ClosedRange<Int>) -> String {
    "an integer from \(bounds.lowerBound) to \(bounds.upperBound)"
  }
}

extension BinaryType.Extent {
  fileprivate func holds(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .fixed(let count): bytes.count == count
    case .terminator(let mark): !bytes.endEarly(at: mark)
    case .rest, .field, .last: true
    }
  }

  fileprivate func holds(count: Int) -> Bool {
    if case .fixed(let wanted) = self { count == wanted } else { true }
  }

  fileprivate func words(_ unit: String) -> String {
    switch self {
    case .fixed(let count): " of \(count) \(unit)"
    case .terminator(let mark): " without \(Value.bytes(mark).literalText)"
    case .last(let field, let number): " that ends with \(field.map { "\($0) == " } ?? "")\(number)"
    case .rest, .field: ""
    }
  }
}

extension [UInt8] {
  /// Whether the terminator, written behind these bytes, would be found before their end.
  package func endEarly(at terminator: [UInt8]) -> Bool {
    let followed = self + terminator
    return indices.contains { followed[$0...].starts(with: terminator) }
  }
}
