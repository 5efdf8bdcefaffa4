// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// A value that threads share, and whose changes they can wait for.
@safe final class Monitor<Value: Sendable>: @unchecked Sendable {
  // Pointers, because the kernel knows both by their addresses. The value is only used under lock.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  init(_ value: Value) {
    self.value = value
    var attributes = pthread_condattr_t()
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(changed, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Reads or changes the value; those who wait look again.
  func change<Result>(_ body: (inout Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }

  func read<Result>(_ body: (Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(value)
  }

  /// Waits until the value is as wanted; returns whether it is.
  func wait(until deadline: Instant, for isWanted: (Value) -> Bool) -> Bool {
    var time = timespec()
    // What lies further ahead is never waited for in full; the kernel takes no larger number.
    let nanoseconds = min(deadline.nanoseconds, Instant.now().nanoseconds + 1 << 53)
    time.tv_sec = Int(nanoseconds / 1_000_000_000)
    time.tv_nsec = Int(nanoseconds % 1_000_000_000)
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while !isWanted(value) {
      guard unsafe pthread_cond_timedwait(changed, mutex, &time) == 0 else {
        return isWanted(value)
      }
    }
    return true
  }
}
