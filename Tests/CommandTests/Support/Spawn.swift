// SPDX-License-Identifier: Apache-2.0
import CProcess
import Glibc

/// How a process ended.
enum Ending: Equatable {
  case exit(Int32)
  case signal(Int32)
}

/// Starts processes, and makes what is connected to them.
enum Spawn {
  /// Starts a program in a session of its own, whose number is that of its process group too.
  ///
  /// Three descriptors become standard input, output and error; all others are closed. A terminal,
  /// named by its path, becomes the controlling one, and standard input.
  static func start(
    _ path: String,
    _ arguments: [String],
    environment: [String: String],
    descriptors: [Int32],
    terminal: String?
  ) throws -> pid_t {
    var process: pid_t = 0
    let code = withVector([path] + arguments) { arguments in
      withVector(environment.map { "\($0.key)=\($0.value)" }) { environment in
        path.withCString { path in
          var program = cprocess_program()
          program.path = path
          program.arguments = arguments
          program.environment = environment
          program.descriptors = (descriptors[0], descriptors[1], descriptors[2])
          guard let terminal else { return cprocess_start(&process, &program) }
          return terminal.withCString {
            program.terminal = $0
            return cprocess_start(&process, &program)
          }
        }
      }
    }
    guard code == 0 else { throw Failure.system("start \(path)", code) }
    return process
  }

  /// Waits for a process that has ended or is about to.
  static func reap(_ process: pid_t) -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Both ends of a pipe.
  static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard cprocess_pipe(&ends) == 0 else { throw Failure.system("pipe") }
    return (ends[0], ends[1])
  }

  /// Both sides of a new terminal that echoes what is typed.
  static func terminal() throws -> (master: Int32, slave: Int32, path: String) {
    var sides: [Int32] = [0, 0]
    var name = [CChar](repeating: 0, count: 128)
    guard cprocess_terminal(&sides, &name, name.count) == 0 else {
      throw Failure.system("terminal")
    }
    return (sides[0], sides[1], String(characters: name))
  }

  private static func withVector<Result>(
    _ texts: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

extension String {
  /// The characters up to the first zero.
  init(characters: [CChar]) {
    self.init(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
