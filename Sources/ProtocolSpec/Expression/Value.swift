// SPDX-License-Identifier: Apache-2.0

/// A value of the expression language: what a variable, a field or a setting holds.
///
/// Equality and hashing here are those of Swift (`.int(1) != .double(1)`); the operators of the
/// language are `Value.isEqual(to:)` and `Value.compare(_:_:)`.
public indirect enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  /// Another session of the same role, by its index in the world.
  case session(Int)
}

/// A map that keeps the order in which its keys were written.
public struct MapValue: Hashable, Sendable {
  /// The keys, in the order in which they were written.
  public private(set) var keys: [Value] = []
  private var storage: [Value: Value] = [:]

  /// An empty map.
  public init() {}

  /// The number of entries.
  public var count: Int { keys.count }

  /// The value of a key; setting `nil` removes the entry.
  public subscript(key: Value) -> Value? {
    get { storage[key] }
    set {
      if let newValue {
        if storage.updateValue(newValue, forKey: key) == nil { keys.append(key) }
      } else if storage.removeValue(forKey: key) != nil {
        keys.removeAll { $0 == key }
      }
    }
  }

  /// Equal when the same keys have the same values, whatever their order.
  public static func == (left: MapValue, right: MapValue) -> Bool { left.storage == right.storage }

  /// Hashes the entries, whatever their order.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage) }
}
