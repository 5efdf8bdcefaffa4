// SPDX-License-Identifier: Apache-2.0
import CProcess
import Engine
import Glibc
import Synchronization

extension TargetProcess {
  private static let launches = Atomic<Int>(0)

  /// Starts the warden, which starts the program, and the thread that watches both.
  static func launch(
    _ command: ProgramCommand,
    _ streams: Streams,
    _ limits: ProgramLimits
  ) throws(Errno) -> (identifier: Int32, watcher: TargetWatcher, keyboard: Int32) {
    guard LiveTargets.begin() else { throw Errno(ECANCELED) }
    defer { LiveTargets.endBeginning() }
    let number = launches.add(1, ordering: .relaxed).newValue
    let marker = "PNPRUN_TARGET=\(getpid()).\(number)"
    let screen = try Screen(streams)
    let errors = try Ends { unsafe cprocess_pipe(&$0) }
    let channel = try Ends { unsafe cprocess_channel(&$0) }
    let report = try Ends { unsafe cprocess_pipe(&$0) }
    var program = unsafe cprocess_program()
    unsafe program.descriptors = (
      screen.input.number, screen.ends.second.number, errors.second.number
    )
    unsafe program.limits = cprocess_limits(limits)
    let environment = command.environment.map { "\($0.key)=\($0.value)" } + [marker]
    let warden = unsafe withVector(command.words) { words in
      unsafe withVector(environment) { environment in
        unsafe withOptionalCString(command.directory) { directory in
          unsafe withOptionalCString(screen.path) { terminal in
            unsafe program.path = unsafe UnsafePointer(words[0])
            unsafe program.arguments = unsafe UnsafePointer(words)
            unsafe program.environment = unsafe UnsafePointer(environment)
            unsafe program.directory = unsafe directory
            unsafe program.terminal = unsafe terminal
            return unsafe cprocess_start_warden(
              &program,
              channel.second.number,
              report.second.number
            )
          }
        }
      }
    }
    guard warden >= 0 else { throw Errno(errno) }
    let keyboard = Descriptor(
      owning: screen.path == nil ? -1 : fcntl(screen.ends.first.number, F_DUPFD_CLOEXEC, 3)
    )
    for descriptor in [screen.ends.first.number, errors.first.number] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
    let watcher = TargetWatcher(
      warden: warden,
      marker: marker,
      channel: channel.takeFirst(),
      output: screen.takeOurs(),
      errors: errors.takeFirst(),
      limits: limits
    )
    LiveTargets.add(watcher)
    try watcher.start()
    return (try startedProcess(report.takeFirst()), watcher, keyboard.release())
  }

  /// Reads the number of the program, and the end that comes with its first instruction.
  private static func startedProcess(_ report: consuming Descriptor) throws(Errno) -> Int32 {
    func next() -> Int32? {
      var number: Int32 = 0
      let size = MemoryLayout<Int32>.size
      while true {
        let count = unsafe read(report.number, &number, size)
        if count == size { return number }
        guard count < 0, errno == EINTR else { return nil }
      }
    }
    guard let identifier = next() else { throw Errno(ECHILD) }
    if let code = next() { throw Errno(code) }
    return identifier
  }
}

/// Two descriptors that belong together.
private struct Ends: ~Copyable {
  /// Ours.
  let first: Descriptor
  /// The other side's.
  let second: Descriptor

  /// Both from a call that returns -1 when it cannot make them.
  ///
  /// - Throws: Its error number.
  init(_ make: (inout [Int32]) -> Int32) throws(Errno) {
    var numbers: [Int32] = [-1, -1]
    guard make(&numbers) == 0 else { throw Errno(errno) }
    first = Descriptor(owning: numbers[0])
    second = Descriptor(owning: numbers[1])
  }

  /// Closes the other side's here.
  consuming func takeFirst() -> Descriptor { first }
}

/// The descriptors for standard input and output.
private struct Screen: ~Copyable {
  let ends: Ends
  /// Standard input without a terminal: nothing to read.
  let input: Descriptor
  /// The path of the terminal, if it is one; the program opens it itself.
  let path: String?

  /// - Throws: The error number when descriptors or terminals have run out.
  init(_ streams: TargetProcess.Streams) throws(Errno) {
    let null = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard null >= 0 else { throw Errno(errno) }
    let input = Descriptor(owning: null)
    let isTerminal = streams == .terminal
    var name = [CChar](repeating: 0, count: 128)
    let ends = try Ends {
      isTerminal
        ? unsafe cprocess_terminal(&$0, &name, name.count) : unsafe cprocess_pipe(&$0)
    }
    if isTerminal, cprocess_make_plain(ends.second.number) != 0 { throw Errno(errno) }
    path = isTerminal ? text(name) : nil
    self.input = input
    self.ends = ends
  }

  consuming func takeOurs() -> Descriptor { ends.first }
}

/// The characters up to the first zero.
private func text(_ characters: [CChar]) -> String {
  String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension cprocess_limits {
  fileprivate init(_ limits: ProgramLimits) {
    self.init(
      processor_seconds: Int64(limits.processorSeconds),
      resident_bytes: Int64(limits.residentBytes),
      processes: Int64(limits.processes),
      descriptors: Int64(limits.descriptors),
      wall_milliseconds: Int64(limits.wallSeconds) * 1000
    )
  }
}

/// Calls with the texts as C's functions take them: pointers, with a null one at the end.
func withVector<Result>(
  _ texts: [String],
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let vector = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: texts.count + 1
  )
  for (index, text) in texts.enumerated() {
    unsafe (vector + index).initialize(to: strdup(text))
  }
  unsafe (vector + texts.count).initialize(to: nil)
  defer {
    for index in texts.indices { unsafe free(vector[index]) }
    unsafe vector.deallocate()
  }
  return unsafe body(vector)
}

private func withOptionalCString<Result>(
  _ text: String?,
  _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return unsafe text.withCString(body)
}
