// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Readiness by epoll: the cost of a wait grows with what is ready, not with what is watched.
@safe package final class EpollSelector: Selector {
  private static let batch = 512

  private let descriptor: Descriptor
  private let buffer: UnsafeMutablePointer<epoll_event>

  package init() throws(Errno) {
    descriptor = Descriptor(
      owning: try systemCall("epoll_create1") { epoll_create1(clinux_epoll_cloexec) }
    )
    unsafe buffer = .allocate(capacity: Self.batch)
  }

  deinit { unsafe buffer.deallocate() }

  package func add(
    _ number: Int32,
    _ interest: Interest,
    key: UInt64
  ) throws(SelectorError) {
    do throws(Errno) {
      try control(EPOLL_CTL_ADD, number, interest, key)
    } catch {
      throw .system(error)
    }
  }

  package func modify(_ number: Int32, _ interest: Interest, key: UInt64) {
    expect(EPOLL_CTL_MOD, number, interest, key)
  }

  package func remove(_ number: Int32) {
    expect(EPOLL_CTL_DEL, number, [], 0)
  }

  package func wait(into events: inout ReadyList, milliseconds: Int32) {
    events.removeAll()
    let count = try? systemCall("epoll_wait", retrying: false) {
      unsafe epoll_wait(descriptor.number, buffer, Int32(Self.batch), milliseconds)
    }
    for index in 0..<Int(count ?? 0) {
      let ready = unsafe Interest(epoll: buffer[index].events)
      unsafe events.append(Readiness(key: buffer[index].data.u64, ready: ready))
    }
  }

  private func control(
    _ operation: Int32,
    _ number: Int32,
    _ interest: Interest,
    _ key: UInt64
  ) throws(Errno) {
    var event = unsafe epoll_event()
    unsafe event.events = interest.epoll
    unsafe event.data.u64 = key
    _ = try systemCall("epoll_ctl") {
      unsafe epoll_ctl(descriptor.number, operation, number, &event)
    }
  }

  /// An operation on a watched descriptor, which only a mistake of ours can make fail.
  private func expect(
    _ operation: Int32,
    _ number: Int32,
    _ interest: Interest,
    _ key: UInt64
  ) {
    do throws(Errno) {
      try control(operation, number, interest, key)
    } catch {
      preconditionFailure("epoll_ctl: descriptor \(number): \(error)")
    }
  }
}

extension Interest {
  fileprivate var epoll: UInt32 {
    (contains(.read) ? clinux_epoll_in : 0) | (contains(.write) ? clinux_epoll_out : 0)
  }

  fileprivate init(epoll events: UInt32) {
    self = []
    if events & clinux_epoll_in != 0 { insert(.read) }
    if events & clinux_epoll_out != 0 { insert(.write) }
    if events & (clinux_epoll_err | clinux_epoll_hup) != 0 { insert(.failure) }
  }
}
