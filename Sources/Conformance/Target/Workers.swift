// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A few threads that take pieces of work off one list.
package enum Workers {
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Does the work for every index below `count`, on up to `threads` threads, and waits for all.
  package static func forEach(
    _ count: Int,
    threads: Int,
    _ work: @escaping @Sendable (_ index: Int, _ thread: Int) -> Void
  ) {
    let next = Mutex(0)
    let started = (0..<max(1, min(threads, count))).map { thread in
      start {
        while true {
          let index = next.withLock { value -> Int in
            defer { value += 1 }
            return value
          }
          guard index < count else { return }
          work(index, thread)
        }
      }
    }
    for thread in started { pthread_join(thread, nil) }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    var thread = pthread_t()
    let job = unsafe Unmanaged.passRetained(Job(body)).toOpaque()
    let code = unsafe pthread_create(
      &thread,
      nil,
      { job in
        if let job = unsafe job { unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body() }
        return nil
      },
      job
    )
    if code != 0 { unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body() }
    return thread
  }
}
