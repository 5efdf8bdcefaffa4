// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Value {
  /// The map that `endpoint(host, port)` makes; `null` without an address.
  static func endpoint(_ address: (host: String, port: Int)?) -> Value {
    guard let address else { return .null }
    var map = MapValue()
    map[.string("host")] = .string(address.host)
    map[.string("port")] = .int(address.port)
    return .map(map)
  }

  /// The address in such a map, or `nil` when it is none that can be sent to.
  var asEndpoint: (host: String, port: UInt16)? {
    guard case .map(let map) = self, case .string(let host) = map[.string("host")],
      case .int(let number) = map[.string("port")], let port = UInt16(exactly: number), port > 0,
      AddressText.ipv4(host) != nil || AddressText.ipv6(host) != nil
    else { return nil }
    return (host, port)
  }
}
