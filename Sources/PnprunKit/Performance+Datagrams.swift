// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

extension Performance {
  /// Refuses options that the transport, or the role, does not have.
  static func checkTransport(
    _ command: RunCommand,
    _ spec: Spec,
    _ role: Role
  ) throws(Refusal) {
    if spec.transport == .udp {
      if command.unix != nil { throw Refusal("--unix: there are no unix sockets over UDP", .usage) }
      // With borders of its own on a stream, the conversation can run over TCP too.
      let needsDatagrams = role.isPeer || role.repliesFromNewPort || spec.multicast != nil
      if command.framing != nil, needsDatagrams {
        throw Refusal("--framing: \(command.spec) works over UDP only", .usage)
      }
    }
    if command.listen != nil, !role.isPeer {
      throw Refusal("--listen is for a role that `connects: peer`: use --port", .usage)
    }
    if command.interface != nil, spec.multicast == nil {
      throw Refusal("--interface is for a group: \(command.spec) has no `multicast:`", .usage)
    }
  }

  /// Opens the sockets of a role over UDP.
  func exchangeDatagrams(_ runner: inout RoleRunner, _ io: inout LoopIO) throws(Refusal) {
    let group = try groupAddress()
    if let group { runner.setGroup(group, interface: command.interface) }
    if program.role.connects {
      try converse(try otherSide(group), &runner, &io)
    } else {
      let joined = program.role.receivesMulticast ? group : nil
      if let joined { try receive(joined, &io) } else { try receive(try addresses()[0], &io) }
    }
  }

  private func receive(_ address: SocketAddress, _ io: inout LoopIO) throws(Refusal) {
    do throws(SocketError) {
      announce(
        program.role.receivesMulticast
          ? try io.joinGroup(
            address,
            interface: command.interface,
            isMember: program.role.joinsMulticast
          )
          : try io.bindDatagrams(
            at: address,
            repliesFromNewPort: program.role.repliesFromNewPort
          )
      )
    } catch {
      throw Refusal("\(error)", .failure)
    }
  }

  private func converse(
    _ address: SocketAddress,
    _ runner: inout RoleRunner,
    _ io: inout LoopIO
  ) throws(Refusal) {
    var multicast = Multicast()
    if let group = program.spec.spec.multicast {
      multicast.timeToLive = UInt8(clamping: group.timeToLive)
      multicast.loopsBack = group.loopsBack
      multicast.interface = command.interface
    }
    let own = try ownAddress(address)
    do throws(SocketError) {
      let bound = try runner.converse(with: address, from: own, multicast, &io)
      if program.role.isPeer, let bound { announce(bound) }
    } catch {
      throw Refusal("\(error)", .failure)
    }
  }

  // MARK: - Addresses

  /// The group of the specification, which `--host` and `--port` move.
  private func groupAddress() throws(Refusal) -> SocketAddress? {
    guard let group = program.spec.spec.multicast else { return nil }
    let isMoved = program.role.receivesMulticast || program.spec.spec.port == nil
    let host = isMoved ? command.host ?? group.host : group.host
    let port = isMoved ? command.port ?? UInt16(clamping: group.port) : UInt16(clamping: group.port)
    return try resolve(host, port)[0]
  }

  /// Whom a role that opens the conversation talks to: the group where there is nobody else.
  private func otherSide(_ group: SocketAddress?) throws(Refusal) -> SocketAddress {
    let spec = program.spec.spec
    if program.role.isPeer {
      let other = spec.roles.first { $0.isPeer && $0.name.text != program.role.name.text }
      if command.port == nil, let port = other?.listens {
        return try resolve(command.host ?? "127.0.0.1", UInt16(clamping: port))[0]
      }
    } else if let group, spec.port == nil {
      return group
    }
    return try addresses()[0]
  }

  /// Where a role receives what others than its other side send too.
  private func ownAddress(_ other: SocketAddress) throws(Refusal) -> SocketAddress? {
    var port: UInt16 = 0
    if program.role.isPeer {
      guard
        let own = command.listen
          ?? (program.role.listens ?? program.spec.spec.port).map({ UInt16(clamping: $0) })
      else { throw Refusal("\(command.spec) names no port of its own: add --listen", .usage) }
      port = own
    } else if !program.sendsElsewhere, !program.followsReplies {
      return nil
    }
    return other.sameInterface(port: port)
  }
}
