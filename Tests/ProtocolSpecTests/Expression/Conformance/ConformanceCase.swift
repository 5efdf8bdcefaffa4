// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import ProtocolSpec

/// A case of the conformance tests of CEL, when it lies inside our subset.
struct ConformanceCase: Sendable {
  enum Expectation: Sendable {
    case value(Value)
    case failure
  }

  let name: String
  let expression: String
  let isStrict: Bool
  let bindings: [String: (value: Value, type: Type)]
  let expectation: Expectation

  /// Where the data lies, beside the package.
  static var folder: URL {
    var url = URL(filePath: #filePath)
    while url.lastPathComponent != "Tests" { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "shared/data/cel-spec")
  }

  /// The cases of one file, and how many it has outside the subset.
  static func load(_ file: URL) throws -> (cases: [ConformanceCase], skipped: Int) {
    let root = try TextProto(parsing: Array(Data(contentsOf: file)))
    let fileName = root.text("name") ?? file.lastPathComponent
    var cases: [ConformanceCase] = []
    var skipped = 0
    for section in root.messages("section") {
      for test in section.messages("test") {
        let name = [fileName, section.text("name") ?? "", test.text("name") ?? ""]
        if let found = ConformanceCase(test, name: name.joined(separator: "/")) {
          cases.append(found)
        } else {
          skipped += 1
        }
      }
    }
    return (cases, skipped)
  }

  private init?(_ test: TextProto, name: String) {
    guard let expression = test.text("expr"), Self.isInSubset(expression) else { return nil }
    self.name = name
    self.expression = expression
    isStrict = test.word("disable_check") != "true"
    if test.message("eval_error") != nil {
      expectation = .failure
    } else if let value = test.message("value") {
      guard let value = Value(value) else { return nil }
      expectation = .value(value)
    } else {
      // Without an expectation, `true` is expected.
      guard test.message("typed_result") == nil else { return nil }
      expectation = .value(.bool(true))
    }
    var types: [String: Type] = [:]
    for declaration in test.messages("type_env") {
      guard let name = declaration.text("name"),
        let type = declaration.message("ident")?.message("type").flatMap(Type.init(_:))
      else { return nil }
      types[name] = type
    }
    var bindings: [String: (value: Value, type: Type)] = [:]
    for binding in test.messages("bindings") {
      guard let key = binding.text("key"),
        let value = binding.message("value")?.message("value").flatMap(Value.init(_:))
      else { return nil }
      bindings[key] = (value, types[key] ?? .dynamic)
    }
    self.bindings = bindings
  }

  /// What the subset leaves out: unsigned numbers, times, type values, messages and enums,
  /// optionals, names in back quotes or with a leading dot, formatting and quoting.
  private static func isInSubset(_ expression: String) -> Bool {
    let literal = #"(?i:[rb]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(\\.|[^"\\])*"|'(\\.|[^'\\])*')"#
    let bare = expression.replacingOccurrences(
      of: literal,
      with: "\"\"",
      options: .regularExpression
    )
    let outside = [
      #"\b(0[xX][0-9a-fA-F]+|[0-9]+)[uU]\b"#,
      #"\b(uint|timestamp|duration|type|optional|google|TestAllTypes|NestedTestAllTypes)\b"#,
      #"\b(GlobalEnum|TypeResolver|proto2|proto3|cel|math|strings|null_type)\b"#,
      #"\.(format|quote|optMap|optFlatMap|orValue|or|get[A-Z]\w*)\("#,
      #"\b(?!in\b)[A-Za-z_]\w*\s*\{"#, #"\[\?|\.\?|\{\?"#, "`", #"(^|[\s(\[{,!+*/?:-])\.[A-Za-z_]"#,
    ]
    return !outside.contains { bare.range(of: $0, options: .regularExpression) != nil }
  }
}

extension Value {
  /// A `cel.expr.Value`; `nil` for the kinds outside the subset.
  init?(_ proto: TextProto) {
    guard let name = proto.fields.first?.name else { return nil }
    switch name {
    case "null_value": self = .null
    case "bool_value": self = .bool(proto.word(name) == "true")
    case "int64_value":
      guard let value = proto.word(name).flatMap({ Int($0) }) else { return nil }
      self = .int(value)
    case "double_value":
      guard let word = proto.word(name), let value = Double(word) else { return nil }
      self = .double(value)
    case "string_value": self = .string(proto.text(name) ?? "")
    case "bytes_value": self = .bytes(proto.bytes(name) ?? [])
    case "list_value":
      let values = proto.message(name)?.messages("values") ?? []
      let elements = values.compactMap(Value.init(_:))
      guard elements.count == values.count else { return nil }
      self = .list(elements)
    case "map_value":
      var map = MapValue()
      for entry in proto.message(name)?.messages("entries") ?? [] {
        guard let key = entry.message("key").flatMap(Value.init(_:)),
          let value = entry.message("value").flatMap(Value.init(_:))
        else { return nil }
        map[key] = value
      }
      self = .map(map)
    default: return nil
    }
  }
}

extension Type {
  /// A `cel.expr.Type`; `nil` for the kinds outside the subset.
  init?(_ proto: TextProto) {
    if let list = proto.message("list_type") {
      self = .list(list.message("elem_type").flatMap(Type.init(_:)) ?? .dynamic)
    } else if let map = proto.message("map_type") {
      self = .map(
        map.message("key_type").flatMap(Type.init(_:)) ?? .dynamic,
        map.message("value_type").flatMap(Type.init(_:)) ?? .dynamic
      )
    } else if proto.message("dyn") != nil {
      self = .dynamic
    } else {
      let primitives: [String: Type] = [
        "BOOL": .bool, "INT64": .int, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
      ]
      guard let type = proto.word("primitive").flatMap({ primitives[$0] }) else { return nil }
      self = type
    }
  }
}
