// SPDX-License-Identifier: Apache-2.0

/// The connections of a loop in one block, by index; a freed slot is used again.
///
/// Its end closes every descriptor that is left.
@safe struct ConnectionTable: ~Copyable {
  private var slots: UnsafeMutablePointer<Connection>
  private var capacity = 16
  /// Slots that were ever used; those above are not initialised.
  private(set) var bound = 0
  private var free: [UInt32] = []

  init() { unsafe slots = .allocate(capacity: capacity) }

  deinit {
    unsafe slots.deinitialize(count: bound)
    unsafe slots.deallocate()
  }

  /// The number of slots in use.
  var count: Int { bound - free.count }

  subscript(index: UInt32) -> Connection {
    @inline(__always) _read {
      precondition(Int(index) < bound)
      yield unsafe slots[Int(index)]
    }
    @inline(__always) _modify {
      precondition(Int(index) < bound)
      yield unsafe &slots[Int(index)]
    }
  }

  /// Whether the connection that the ID was given to is still in its slot.
  @inline(__always)
  func contains(_ id: ConnectionID) -> Bool {
    Int(id.index) < bound && self[id.index].generation == id.generation
      && self[id.index].state != .unused
  }

  /// Whether the handler may receive from the connection and send to it.
  @inline(__always)
  func isOpen(_ id: ConnectionID) -> Bool { contains(id) && self[id.index].state == .open }

  /// Whether what is queued for the connection may be sent.
  @inline(__always)
  func canSend(_ index: UInt32) -> Bool {
    self[index].state == .open || self[index].state == .closing
  }

  func id(at index: UInt32) -> ConnectionID {
    ConnectionID(index: index, generation: self[index].generation)
  }

  mutating func insert(
    _ descriptor: consuming Descriptor,
    state: Connection.State
  ) -> ConnectionID {
    if let index = free.popLast() {
      let generation = self[index].generation
      self[index] = Connection(descriptor, generation: generation, state: state)
      return ConnectionID(index: index, generation: generation)
    }
    if bound == capacity { grow() }
    unsafe (slots + bound).initialize(to: Connection(descriptor, generation: 1, state: state))
    bound += 1
    return ConnectionID(index: UInt32(bound - 1), generation: 1)
  }

  /// Closes the descriptor, frees the buffers, and makes the slot one of the next generation.
  mutating func remove(_ id: ConnectionID) {
    // Generation 0 would turn the key of a connection into one of the loop itself.
    let next = id.generation == .max ? 1 : id.generation + 1
    self[id.index] = Connection(.none, generation: next, state: .unused)
    free.append(id.index)
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Connection>.allocate(capacity: 2 * capacity)
    unsafe larger.moveInitialize(from: slots, count: bound)
    unsafe slots.deallocate()
    unsafe slots = larger
    capacity *= 2
  }
}
