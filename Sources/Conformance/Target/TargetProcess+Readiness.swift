// SPDX-License-Identifier: Apache-2.0
package import Engine
package import ProtocolSpec

/// Whether a server under test can be talked to.
package enum ServerReadiness: Hashable, Sendable {
  /// It waits for peers at this address, since so many nanoseconds after its start.
  case ready(SocketAddress, afterNanoseconds: Int64)
  /// It waits for peers, but at other ports.
  case wrongPort([SocketAddress])
  /// It waits at the port, but a peer at 127.0.0.1 does not reach that address.
  case wrongAddress(SocketAddress)
  /// It has ended, with all its processes.
  case ended(Ending)
  /// The time was over.
  case notReady
  /// This system does not show who waits where: the first connection has to find out.
  case unreadable
}

extension TargetProcess {
  /// Nanoseconds that a server has to open the right port after it has opened a wrong one.
  private static let settling: Int64 = 1_000_000_000

  /// Waits until the program waits for peers at a port, without ever connecting to it.
  ///
  /// A probe would take the only `accept` of a server for one client. So the kernel's table of
  /// sockets is read, and only sockets of the program's own processes count.
  package func waitUntilListening(
    port: UInt16,
    transport: Spec.Transport,
    before deadline: Instant
  ) -> ServerReadiness {
    var pause: Int64 = 1_000_000
    var wrongSince: Instant?
    while true {
      // Read before the sockets: what is gone by now opens none any more.
      let hasEnded = watcher.record.read { $0.isGone }
      let now = Instant.now()
      let found = look(port, transport)
      switch found {
      case .notReady: wrongSince = nil
      case .wrongPort, .wrongAddress:
        let since = wrongSince ?? now
        wrongSince = since
        if now - since >= Self.settling || now >= deadline { return found }
      default: return found
      }
      if hasEnded { return .ended(ending) }
      if now >= deadline { return found }
      let next = min(now.advanced(byNanoseconds: pause), deadline)
      _ = watcher.record.wait(until: next, for: \.isGone)
      pause = min(pause * 2, 20_000_000)
    }
  }

  /// One look at the table of sockets.
  private func look(_ port: UInt16, _ transport: Spec.Transport) -> ServerReadiness {
    let processes = livingProcesses()
    let (own, isWhole) = inodes(of: processes)
    // The kernel walks all its connections to write a table: not for a program without a socket.
    if own.isEmpty, isWhole { return .notReady }
    var sockets: [ListeningSocket] = []
    var isReadable = false
    for family in ListeningSocket.Family.allCases {
      guard let table = networkTable(transport, family, of: processes) else { continue }
      isReadable = true
      sockets += table
      let found = table.first {
        own.contains($0.inode) && $0.address.port == port && $0.isOnLoopback
      }
      if let found { return .ready(found.address, afterNanoseconds: Instant.now() - startTime) }
    }
    guard isReadable else { return .unreadable }
    guard !sockets.isEmpty else { return .notReady }
    let mine = sockets.filter { own.contains($0.inode) }
    let atPort = mine.filter { $0.address.port == port }
    if let socket = atPort.first { return .wrongAddress(socket.address) }
    if !isWhole, sockets.contains(where: { $0.address.port == port }) { return .unreadable }
    return mine.isEmpty ? .notReady : .wrongPort(mine.map(\.address))
  }

  /// The tables of the networks that its processes are in, which may be their own.
  private func networkTable(
    _ transport: Spec.Transport,
    _ family: ListeningSocket.Family,
    of processes: [Int32]
  ) -> [ListeningSocket]? {
    var networks: Set<String> = []
    var sockets: [ListeningSocket]?
    for process in processes {
      let network = ProcFile.target(of: "/proc/\(process)/ns/net") ?? ""
      guard networks.insert(network).inserted else { continue }
      guard let table = ListeningSocket.all(transport, family, of: process) else { continue }
      sockets = (sockets ?? []) + table
    }
    if let sockets { return sockets }
    // None of its processes lives: there is nothing to find, if this can be read at all.
    let own = "/proc/self/net/\(transport.rawValue)\(family.rawValue)"
    return ProcFile.read(own) == nil ? nil : []
  }

  /// The sockets of the processes, and whether all could be seen.
  private func inodes(of processes: [Int32]) -> (Set<UInt64>, isWhole: Bool) {
    var inodes: Set<UInt64> = []
    var isWhole = true
    for process in processes {
      guard let names = ProcFile.names(in: "/proc/\(process)/fd") else {
        isWhole = false
        continue
      }
      for name in names {
        guard let target = ProcFile.target(of: "/proc/\(process)/fd/\(name)"),
          target.hasPrefix("socket:["), let inode = UInt64(target.dropFirst(8).dropLast())
        else { continue }
        inodes.insert(inode)
      }
    }
    return (inodes, isWhole)
  }
}
