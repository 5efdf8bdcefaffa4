// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Interpreter {
  /// Sends to what a `to` is worth: a session, a list of them, or an endpoint.
  mutating func deliver(
    _ message: Int32,
    _ lower: Int,
    _ upper: Int,
    to receiver: Value,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) {
    switch receiver {
    case .session(let reference):
      deliver(message, lower, upper, to: [reference], except: nil, world)
    case .list(let values):
      let references = values.compactMap { value -> Int? in
        if case .session(let reference) = value { reference } else { nil }
      }
      deliver(message, lower, upper, to: references, except: nil, world)
    case .map:
      guard let endpoint = receiver.asEndpoint else {
        let text =
          "`to:` needs an endpoint with an address and a port from 1 to 65535, not "
          + receiver.displayText
        return trap(text, position, session, &world, now)
      }
      let bytes = Array(effects.bytes[lower..<upper])
      send(session, message, bytes, to: endpoint)
      if let slot = program.layout.lastSent {
        world.values[session * valuesPerSession + Int(slot)] = .list([.bytes(bytes), receiver])
      }
    default: trap("`to:` needs a session or a list of them", position, session, &world, now)
    }
  }

  /// Sends to an endpoint; the text of its address goes behind the bytes.
  private mutating func send(
    _ session: Int,
    _ message: Int32,
    _ bytes: [UInt8],
    to endpoint: (host: String, port: UInt16)
  ) {
    let lower = effects.bytes.count
    effects.bytes.append(contentsOf: bytes)
    let host = effects.store(endpoint.host)
    effects.append(
      .sendTo(
        session: session,
        message: message,
        lower: lower,
        upper: host.lower,
        hostUpper: host.upper,
        port: endpoint.port
      )
    )
  }

  mutating func sendAgain(_ session: Int, _ world: inout World) {
    guard let slot = program.layout.lastSent else { return }
    switch world.values[session * valuesPerSession + Int(slot)] {
    case .list(let pair):
      guard pair.count == 2, case .bytes(let bytes) = pair[0], let endpoint = pair[1].asEndpoint
      else { return }
      send(session, -1, bytes, to: endpoint)
    case .bytes(let bytes) where !bytes.isEmpty:
      let lower = effects.bytes.count
      effects.bytes.append(contentsOf: bytes)
      for client in isPaired ? world.pairs.clients(of: session) : [session] {
        effects.append(
          .send(session: client, message: -1, lower: lower, upper: effects.bytes.count)
        )
      }
    default: return
    }
  }
}
