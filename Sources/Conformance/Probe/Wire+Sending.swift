// SPDX-License-Identifier: Apache-2.0
import Engine

extension Wire {
  /// Sends the pieces, each with one write, and reads meanwhile what arrives.
  ///
  /// - Parameters:
  ///   - pieces: Over UDP each is a datagram.
  ///   - pause: Nanoseconds between two pieces, so that they do not arrive together.
  ///   - connection: Where to send.
  ///   - deadline: When to give up on a program that does not read.
  /// - Returns: What was sent; a program that has gone is an outcome like any other.
  package mutating func send(
    _ pieces: [[UInt8]],
    pause: Int = 0,
    on connection: Int,
    until deadline: Int
  ) -> Sending {
    var result = Sending()
    for (index, piece) in pieces.enumerated() {
      if index > 0, pause > 0 { self.pause(until: Self.now + pause) }
      result.times.append(Self.now)
      guard let line = lines[connection], !line.isBroken else {
        result.ending = .broken
        break
      }
      result.ending =
        line.peer.map { send(piece, to: $0, line.number) }
        ?? send(piece, line, until: deadline, &result.written)
      guard result.ending == .complete else { break }
      if line.peer != nil { result.written += piece.count }
    }
    return result
  }

  private mutating func send(
    _ piece: [UInt8],
    _ line: WireLine,
    until deadline: Int,
    _ written: inout Int
  ) -> Sending.Ending {
    var rest = piece[...]
    while !rest.isEmpty {
      do throws(Errno) {
        let count = try Socket.send(line.number, rest)
        written += count
        rest = rest.dropFirst(count)
        if count > 0 { continue }
      } catch {
        // What the program sent before it went can still be read, and then its end is seen.
        line.isBroken = true
        return .broken
      }
      if Self.now >= deadline { return .stalled }
      gather(until: deadline, writer: line.number)
    }
    return .complete
  }

  /// A datagram that cannot be sent is lost, as any may be.
  private mutating func send(
    _ datagram: [UInt8],
    to peer: SocketAddress,
    _ socket: Int32
  ) -> Sending.Ending {
    for _ in 0..<2 {
      do throws(Errno) {
        return try Socket.sendDatagram(socket, datagram, to: peer) ? .complete : .stalled
      } catch {
        // The call tells what an earlier datagram has met, instead of sending this one.
        reportUndeliverable(socket)
      }
    }
    return .broken
  }
}
