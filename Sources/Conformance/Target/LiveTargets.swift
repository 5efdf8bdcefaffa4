// SPDX-License-Identifier: Apache-2.0
import Engine

/// All programs under test of which something is left.
enum LiveTargets {
  private struct State: Sendable {
    var watchers: [ObjectIdentifier: TargetWatcher] = [:]
    /// How many are being started.
    var beginnings = 0
    /// Whether no more are started.
    var isClosed = false
  }

  private static let state = Monitor(State())

  /// Announces that one is about to be started; returns whether it may be.
  static func begin() -> Bool {
    state.change { state in
      if !state.isClosed { state.beginnings += 1 }
      return !state.isClosed
    }
  }

  /// What was announced has been added, or has failed.
  static func endBeginning() { state.change { $0.beginnings -= 1 } }

  static func add(_ watcher: TargetWatcher) {
    state.change { $0.watchers[ObjectIdentifier(watcher)] = watcher }
  }

  static func remove(_ watcher: TargetWatcher) {
    state.change { _ = $0.watchers.removeValue(forKey: ObjectIdentifier(watcher)) }
  }

  /// Lets no more be started, waits for those that are being started, and returns all.
  static func close() -> [TargetWatcher] {
    state.change { $0.isClosed = true }
    let deadline = Instant.now().advanced(byNanoseconds: 1_000_000_000)
    _ = state.wait(until: deadline) { $0.beginnings == 0 }
    return state.read { Array($0.watchers.values) }
  }
}
