// SPDX-License-Identifier: Apache-2.0
import Engine
import Synchronization

/// All programs under test of which something is left.
enum LiveTargets {
  private static let watchers = Mutex<[ObjectIdentifier: TargetWatcher]>([:])

  static func add(_ watcher: TargetWatcher) {
    watchers.withLock { $0[ObjectIdentifier(watcher)] = watcher }
  }

  static func remove(_ watcher: TargetWatcher) {
    watchers.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(watcher)) }
  }

  static var all: [TargetWatcher] { watchers.withLock { Array($0.values) } }
}
