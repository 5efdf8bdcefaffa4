// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Interpreter {
  /// Encodes a message once and sends it to all its receivers.
  ///
  /// Returns whether the session goes on.
  mutating func send(
    _ planIndex: Int,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Bool {
    let lower = effects.bytes.count
    if let composer = program.composer,
      composer.messages[Int(program.sends[planIndex].message)] != nil
    {
      guard append(composed: planIndex, composer, position, session, &world, now) else {
        return false
      }
      deliver(planIndex, lower, effects.bytes.count, position, session, &world, now)
      return world.sessions[session].phase != .free
    }
    frameWriter.begin(&effects.bytes)
    let base = session * integersPerSession
    if let layout = program.codec.layout(of: Int(program.sends[planIndex].message)) {
      guard append(layout, planIndex, position, session, &world, now) else { return false }
    }
    for segment in 0..<program.sends[planIndex].segments.count {
      switch program.sends[planIndex].segments[segment] {
      case .literal(let start, let end):
        let range = Int(start)..<Int(end)
        effects.bytes.append(contentsOf: program.sends[planIndex].literals[range])
      case .integer(let operand, let form, let field):
        let value = integer(operand, base, world)
        guard value >= form.low, value <= form.high else {
          trap(misfit(String(value), field, planIndex), position, session, &world, now)
          return false
        }
        effects.bytes.reserve(Decimal.mostBytes + Int(form.width))
        effects.bytes.appendReserved(decimal: value, width: Int(form.width))
      case .field(let field, let expression):
        guard let value = evaluate(expression, position, session, &world, now) else { return false }
        guard let text = program.sends[planIndex].fields[Int(field)].type.text(of: value) else {
          trap(misfit(value.displayText, field, planIndex), position, session, &world, now)
          return false
        }
        append(text)
      }
    }
    do throws(FrameWriter.Problem) {
      try frameWriter.finish(&effects.bytes, from: lower)
    } catch {
      trap(describe(error, planIndex), position, session, &world, now)
      return false
    }
    deliver(planIndex, lower, effects.bytes.count, position, session, &world, now)
    return world.sessions[session].phase != .free
  }

  private mutating func append(_ text: String) {
    if program.spec.spec.encoding == .utf8 {
      effects.bytes.append(contentsOf: text.utf8)
    } else {
      effects.bytes.append(contentsOf: program.spec.spec.encoding.encode(text))
    }
  }

  private mutating func deliver(
    _ planIndex: Int,
    _ lower: Int,
    _ upper: Int,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) {
    let message = isOracle ? Int32(planIndex) : program.sends[planIndex].message
    switch program.sends[planIndex].receiver {
    case nil:
      if isPaired {
        for client in world.pairs.clients(of: session) {
          effects.send(client, message, lower, upper)
        }
      } else {
        effects.send(session, message, lower, upper)
      }
      if let slot = program.layout.lastSent {
        world.values[session * valuesPerSession + Int(slot)] = .bytes(
          effects.bytes[lower..<upper]
        )
      }
    case .group(let group):
      deliver(message, lower, upper, to: world.groups[Int(group)], except: nil, world)
    case .others(let group):
      deliver(
        message,
        lower,
        upper,
        to: world.groups[Int(group)],
        except: world.reference(session),
        world
      )
    case .expression(let expression):
      guard let value = evaluate(expression, position, session, &world, now) else { return }
      deliver(message, lower, upper, to: value, position, session, &world, now)
    }
  }

  mutating func deliver(
    _ message: Int32,
    _ lower: Int,
    _ upper: Int,
    to references: [Int],
    except: Int?,
    _ world: World
  ) {
    for reference in references where reference != except {
      if isPaired {
        for client in world.connections(of: reference) {
          effects.send(client, message, lower, upper)
        }
        continue
      }
      guard let receiver = world.index(of: reference) else { continue }
      effects.send(receiver, message, lower, upper)
    }
  }

  private func misfit(_ value: String, _ field: Int32, _ planIndex: Int) -> String {
    let declared = program.sends[planIndex].fields[Int(field)]
    return
      "\(value) does not fit the field `\(declared.name)`, which takes \(declared.type.description)"
  }

  private func describe(_ problem: FrameWriter.Problem, _ planIndex: Int) -> String {
    let message = program.spec.spec.messages[Int(program.sends[planIndex].message)].name.text
    return switch problem {
    case .containsDelimiter(let delimiter):
      "message `\(message)` contains \(Array(delimiter.utf8).span.quoted(limit: 20)), which ends a message"
    case .wrongSize(let size, let allowed):
      "message `\(message)` has \(size) bytes, allowed are \(allowed)"
    }
  }
}
