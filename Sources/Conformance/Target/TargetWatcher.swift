// SPDX-License-Identifier: Apache-2.0
import CProcess
import Engine
import Glibc

/// What is known of a program under test.
struct TargetRecord: Sendable {
  var ending = Ending.stillRunning
  var limit: ProgramLimit?
  /// Whether its warden saw that nothing is left of it.
  var isComplete = false
  /// Whether nothing is left of it, and its descriptors are closed.
  var isGone = false
  var output: OutputLog
  var errors: OutputLog
}

/// A thread that takes everything a program writes, so that it never waits for us, and everything
/// that its warden reports.
final class TargetWatcher: Sendable {
  let record: Monitor<TargetRecord>
  let warden: Int32
  /// The entry that only the environment of this program has.
  private let marker: String
  private let channel: Int32
  private let output: Int32
  private let errors: Int32

  /// Takes over the three descriptors.
  init(
    warden: Int32,
    marker: String,
    channel: consuming Descriptor,
    output: consuming Descriptor,
    errors: consuming Descriptor,
    limits: ProgramLimits
  ) {
    self.warden = warden
    self.marker = marker
    self.channel = channel.release()
    self.output = output.release()
    self.errors = errors.release()
    let log = OutputLog(limit: limits.outputBytes)
    record = Monitor(TargetRecord(output: log, errors: log))
  }

  /// Starts the thread, which lives until nothing is left of the program.
  ///
  /// - Throws: The error number when there are too many threads.
  func start() throws(Errno) {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(&thread, nil, watchTarget, context.toOpaque())
    guard code == 0 else {
      unsafe context.release()
      finish()
      throw Errno(code)
    }
    pthread_detach(thread)
  }

  /// Tells the warden to end everything; it hears only the first time.
  func requestEnd(graceMilliseconds: Int32) {
    record.change { record in
      guard !record.isGone else { return }
      var grace = graceMilliseconds
      _ = unsafe send(channel, &grace, MemoryLayout<Int32>.size, Int32(MSG_NOSIGNAL))
    }
  }

  /// Kills the warden, which does not answer; its program may have stopped it.
  func killWarden() {
    record.change { record in
      if !record.isGone { kill(warden, SIGKILL) }
    }
  }

  fileprivate func run() {
    var entries = [channel, output, errors].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      _ = unsafe poll(&entries, nfds_t(entries.count), -1)
      // Output first: what a program wrote before its end is known before its end is.
      for index in 1...2 where entries[index].revents != 0 {
        if !read(index, &buffer, atMost: 1) { entries[index].fd = -1 }
      }
      guard entries[0].revents != 0 else { continue }
      guard let event = nextEvent() else { break }
      drain(&buffer)
      record.change { Self.note(event, in: &$0) }
    }
    drain(&buffer)
    finish()
  }

  /// Takes what has been written, as much as a pipe holds.
  private func drain(_ buffer: inout [UInt8]) {
    for index in 1...2 { _ = read(index, &buffer, atMost: 32) }
  }

  /// Takes output; returns whether there may be more later.
  private func read(_ index: Int, _ buffer: inout [UInt8], atMost turns: Int) -> Bool {
    let descriptor = index == 1 ? output : errors
    for _ in 0..<turns {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
      let time = Instant.now()
      record.change {
        if index == 1 {
          $0.output.append(buffer[..<count], at: time)
        } else {
          $0.errors.append(buffer[..<count], at: time)
        }
      }
    }
    return true
  }

  /// The next event; `nil` when the warden has ended.
  private func nextEvent() -> cprocess_event? {
    var event = cprocess_event()
    let size = MemoryLayout<cprocess_event>.size
    while true {
      let count = unsafe recv(channel, &event, size, Int32(MSG_WAITALL))
      if count == size { return event }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }

  private static func note(_ event: cprocess_event, in record: inout TargetRecord) {
    let limited = record.limit.map { Ending.overLimit($0) }
    switch cprocess_event_kind(rawValue: UInt32(bitPattern: event.kind)) {
    case CPROCESS_EXITED: record.ending = limited ?? .exited(event.value)
    case CPROCESS_SIGNALLED: record.ending = limited ?? .signalled(event.value)
    case CPROCESS_OVER_LIMIT: record.limit = ProgramLimit(rawValue: event.value)
    case CPROCESS_GONE: record.isComplete = true
    default: break
    }
  }

  /// Takes the warden, and what it could not end; closes everything.
  private func finish() {
    let isComplete = record.read(\.isComplete)
    if !isComplete {
      kill(warden, SIGKILL)
      _ = unsafe cprocess_kill_marked(marker)
    }
    record.change { record in
      while waitpid(warden, nil, 0) < 0, errno == EINTR {}
      for descriptor in [channel, output, errors] { close(descriptor) }
      if record.ending == .stillRunning { record.ending = .signalled(SIGKILL) }
      record.isGone = true
    }
    LiveTargets.remove(self)
  }
}

/// The body of the thread: C takes no closure with a context.
private func watchTarget(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context = unsafe context {
    unsafe Unmanaged<TargetWatcher>.fromOpaque(context).takeRetainedValue().run()
  }
  return nil
}
