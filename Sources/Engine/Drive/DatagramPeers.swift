// SPDX-License-Identifier: Apache-2.0

/// The sessions of a datagram socket by the address of their peer, in the order in which they were
/// last heard of.
///
/// A hash table with linear probing over the indices of connections: to find an address takes no
/// heap, and a removal leaves no mark behind. A *visitor* is a peer that was not looked for: its
/// first datagram has opened the session. Only visitors are in the order.
struct DatagramPeers {
  private struct Peer: BitwiseCopyable {
    var address: DatagramAddress
    /// Neighbours in the order; `none` at its ends.
    var older = DatagramPeers.none
    var newer = DatagramPeers.none
    var isVisitor: Bool
    var isPresent = true
  }

  private static let none = UInt32.max
  private static let smallest = 64

  /// By the index of the connection.
  private var peers: [Peer] = []
  /// The index of a connection plus one, or 0 when free; at most half of them are taken.
  private var cells: [UInt32] = []
  private var oldest = none
  private var newest = none
  private let seed: UInt64

  private(set) var count = 0
  private(set) var visitorCount = 0

  init(seed: UInt64 = .random(in: .min ... .max)) { self.seed = seed }

  /// The index of the connection with that peer.
  @inline(__always)
  func find(_ address: DatagramAddress) -> UInt32? {
    guard count > 0 else { return nil }
    let cell = cells[place(of: address)]
    return cell == 0 ? nil : cell - 1
  }

  /// The visitor that was silent for the longest time.
  var oldestVisitor: UInt32? { oldest == Self.none ? nil : oldest }

  /// The address of the peer of that connection, or `nil` when it is not present.
  @inline(__always)
  func address(_ index: UInt32) -> DatagramAddress? {
    Int(index) < peers.count && peers[Int(index)].isPresent ? peers[Int(index)].address : nil
  }

  /// Whether the peer of that connection is present and a visitor.
  func isVisitor(_ index: UInt32) -> Bool {
    Int(index) < peers.count && peers[Int(index)].isPresent && peers[Int(index)].isVisitor
  }

  /// Adds a peer whose address is not present.
  mutating func insert(_ index: UInt32, _ address: DatagramAddress, isVisitor: Bool) {
    if 2 * (count + 1) > cells.count { grow() }
    let place = place(of: address)
    precondition(cells[place] == 0, "the address has a session already")
    cells[place] = index + 1
    let peer = Peer(address: address, isVisitor: isVisitor)
    while peers.count <= Int(index) {
      var absent = peer
      absent.isPresent = false
      peers.append(absent)
    }
    peers[Int(index)] = peer
    count += 1
    if isVisitor {
      visitorCount += 1
      append(index)
    }
  }

  /// Removes the peer of a connection, if it is present.
  mutating func remove(_ index: UInt32) {
    guard let address = address(index) else { return }
    if peers[Int(index)].isVisitor {
      visitorCount -= 1
      unlink(index)
    }
    vacate(place(of: address))
    peers[Int(index)].isPresent = false
    count -= 1
  }

  /// Notes that the peer was heard of now.
  @inline(__always)
  mutating func touch(_ index: UInt32) {
    guard newest != index, peers[Int(index)].isVisitor else { return }
    unlink(index)
    append(index)
  }

  // MARK: - The order

  private mutating func append(_ index: UInt32) {
    peers[Int(index)].older = newest
    peers[Int(index)].newer = Self.none
    if newest == Self.none { oldest = index } else { peers[Int(newest)].newer = index }
    newest = index
  }

  private mutating func unlink(_ index: UInt32) {
    let peer = peers[Int(index)]
    if peer.older == Self.none {
      oldest = peer.newer
    } else {
      peers[Int(peer.older)].newer = peer.newer
    }
    if peer.newer == Self.none {
      newest = peer.older
    } else {
      peers[Int(peer.newer)].older = peer.older
    }
  }

  // MARK: - The table

  @inline(__always)
  private func home(of address: DatagramAddress) -> Int {
    Int(truncatingIfNeeded: address.hash(seed)) & (cells.count - 1)
  }

  /// Where the address is, or the free cell where it would be.
  @inline(__always)
  private func place(of address: DatagramAddress) -> Int {
    var place = home(of: address)
    while cells[place] != 0, peers[Int(cells[place] - 1)].address != address {
      place = (place + 1) & (cells.count - 1)
    }
    return place
  }

  /// Frees a cell, and moves those up that would no longer be found behind it.
  private mutating func vacate(_ place: Int) {
    let mask = cells.count - 1
    var hole = place
    var next = (hole + 1) & mask
    while cells[next] != 0 {
      let home = home(of: peers[Int(cells[next] - 1)].address)
      // Its probing begins at or before the hole, seen from where it is.
      if (next - home) & mask >= (next - hole) & mask {
        cells[hole] = cells[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    cells[hole] = 0
  }

  private mutating func grow() {
    let taken = cells.filter { $0 != 0 }
    cells = Array(repeating: 0, count: max(Self.smallest, 2 * cells.count))
    for cell in taken { cells[place(of: peers[Int(cell - 1)].address)] = cell }
  }
}
