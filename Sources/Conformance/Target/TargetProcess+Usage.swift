// SPDX-License-Identifier: Apache-2.0
import CProcess
import Engine
import Glibc

/// What the processes of a program under test use together, at one moment.
package struct ProcessUsage: Sendable, Equatable {
  /// Those that run; zombies are not among them.
  package var processes = 0
  package var threads = 0
  /// Processes that have ended, and for which the program has not waited.
  package var zombies = 0
  package var descriptors = 0
  package var residentBytes = 0
  /// Of those that still run, since each started.
  package var processorNanoseconds: Int64 = 0

  package init() {}
}

extension TargetProcess {
  /// What all its processes use now; `nil` when /proc cannot be read.
  package func usage() -> ProcessUsage? {
    guard let tree = tree() else { return nil }
    var usage = ProcessUsage()
    let pageSize = sysconf(Int32(_SC_PAGESIZE))
    let tick = 1_000_000_000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
    for entry in tree {
      if entry.isZombie {
        // The warden has not come to those that it adopted, but it will.
        if entry.parent != watcher.warden { usage.zombies += 1 }
        continue
      }
      usage.processes += 1
      usage.threads += Int(entry.threads)
      usage.descriptors += ProcFile.names(in: "/proc/\(entry.process)/fd")?.count ?? 0
      usage.residentBytes += Int(entry.resident_pages) * pageSize
      usage.processorNanoseconds += entry.ticks * tick
    }
    return usage
  }

  /// For how long its threads, as far as they still run, have used a core or waited for one.
  var runnableNanoseconds: Int {
    livingProcesses().reduce(0) { sum, process in
      let folder = "/proc/\(process)/task"
      return (ProcFile.names(in: folder) ?? []).reduce(sum) { sum, thread in
        let times = ProcFile.read("\(folder)/\(thread)/schedstat") ?? []
        let numbers = times.split(separator: UInt8(ascii: " ")).prefix(2)
        return sum + numbers.reduce(0) { $0 + (Int(String(decoding: $1, as: UTF8.self)) ?? 0) }
      }
    }
  }

  /// Whether a virtual machine runs in it, which keeps memory that nobody needs until it likes.
  var hasManagedMemory: Bool {
    livingProcesses().contains { process in
      let program = ProcFile.target(of: "/proc/\(process)/exe")?.split(separator: "/").last
      return program == "java" || program == "node" || program == "dotnet"
    }
  }

  /// Waits until all its processes wait for something themselves, or it has ended.
  func settle(before deadline: Instant) {
    var looks = 0
    while looks < 2, Instant.now() < deadline, ending == .stillRunning {
      looks = tree()?.allSatisfy(\.isAsleep) ?? true ? looks + 1 : 0
      waitUntilEnded(before: min(deadline, Instant.now().advanced(byNanoseconds: 5_000_000)))
    }
  }

  /// The time of the processor that all its processes have used while every one of them waits for
  /// something; `nil` when one does not, or /proc cannot be read.
  var processorTimeAsleep: Int64? {
    guard let tree = tree(), tree.allSatisfy(\.isAsleep) else { return nil }
    return tree.reduce(0) { $0 + $1.ticks }
  }

  /// Whether all its processes have ended by then.
  func isGone(before deadline: Instant) -> Bool {
    watcher.record.wait(until: deadline, for: \.isGone)
  }

  /// Stops all its processes where they are, so that what is sent meanwhile waits for them.
  func freeze() { for process in livingProcesses() { kill(process, SIGSTOP) } }

  /// Lets them go on.
  func thaw() { for process in livingProcesses() { kill(process, SIGCONT) } }

  /// The numbers of its processes that have not ended.
  func livingProcesses() -> [Int32] {
    (tree() ?? []).filter { !$0.isZombie }.map(\.process)
  }

  /// All its processes; `nil` when /proc cannot be read.
  private func tree() -> [cprocess_entry]? {
    // Then the number of its warden may be that of somebody else.
    guard !watcher.record.read(\.isGone) else { return [] }
    let capacity = 65536
    var isReadable = false
    let entries = unsafe [cprocess_entry](unsafeUninitializedCapacity: capacity) { buffer, count in
      let found = unsafe cprocess_tree(watcher.warden, buffer.baseAddress, Int32(capacity))
      count = max(0, Int(found))
      isReadable = found >= 0
    }
    return isReadable ? entries : nil
  }
}

extension cprocess_entry {
  fileprivate var isZombie: Bool { state == CChar(UInt8(ascii: "Z")) }
  fileprivate var isAsleep: Bool { state == CChar(bitPattern: UInt8(ascii: "S")) }
}
