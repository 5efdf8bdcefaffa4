// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// One binary message, made of the lines of a specification.
struct TestCodec {
  let codec: BinaryCodec
  let layout: Int

  /// `bytes` and `types` are what stands under these keys; `head` are further keys at the top.
  init(_ bytes: String, types: String = "", head: String = "") throws {
    let text = """
      pnprun: 1
      protocol: test
      framing: {length: u32}
      \(head)
      \(types.isEmpty ? "" : "types:\n" + Self.indented(types, 2))
      messages:
        m:
          bytes:
      \(Self.indented(bytes, 6))
      roles:
        server:
          when:
            m: pass
        client:
          unexpected: ignore
          when:
            other: pass
      """
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
    let spec = SpecLoader.load(file: file, into: &diagnostics)
    let complaints = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
    codec = BinaryCodec(try #require(spec, "\(complaints)").spec)
    layout = try #require(codec.layout(of: 0))
  }

  private static func indented(_ text: String, _ width: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: width) + $0 }
      .joined(separator: "\n")
  }

  /// The values of the fields; `nil` when the bytes are not that message.
  func decode(_ bytes: [UInt8]) -> [String: Value]? {
    var found: [Int] = []
    guard case .end = codec.read(layout, bytes.span, isWhole: true, &found) else { return nil }
    let values = codec.values(of: layout, bytes.span, &found)
    let names = codec.layouts[layout].fields.map(\.name)
    return Dictionary(uniqueKeysWithValues: zip(names, values))
  }

  /// What is known of a message of which these are the first bytes.
  func readStart(_ bytes: [UInt8]) -> BinaryReading {
    var found: [Int] = []
    return codec.read(layout, bytes.span, isWhole: false, &found)
  }

  func encode(_ values: [String: Value]) throws -> [UInt8] {
    var input = try codec.input(codec.layouts[layout], from: .init(values))
    var bytes: [UInt8] = []
    try codec.write(layout, &input, to: &bytes)
    return bytes
  }

  /// Why the values cannot be sent; `nil` when they can.
  func problem(_ values: [String: Value]) -> String? {
    do {
      _ = try encode(values)
      return nil
    } catch let problem as BinaryProblem {
      return problem.message
    } catch {
      return "\(error)"
    }
  }
}

extension MapValue {
  /// The entries in the order of their keys.
  init(_ entries: [String: Value]) {
    self.init()
    for (key, value) in entries.sorted(by: { $0.key < $1.key }) { self[.string(key)] = value }
  }
}

extension Value {
  static func record(_ entries: [String: Value]) -> Value { .map(MapValue(entries)) }
}

/// The bytes of hexadecimal digits; blanks do not count.
func hex(_ digits: String) -> [UInt8] {
  let values = digits.compactMap(\.hexDigitValue)
  return stride(from: 0, to: values.count - 1, by: 2).map {
    UInt8(values[$0] << 4 | values[$0 + 1])
  }
}
