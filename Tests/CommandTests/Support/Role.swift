// SPDX-License-Identifier: Apache-2.0

/// A role of a shipped protocol, or a program of the lecture, that runs.
enum Role {
  /// Starts a role of a shipped protocol.
  static func start(
    _ name: String,
    _ role: String,
    _ options: [String] = []
  ) throws -> ChildProcess {
    try start(path: Product.specification(name), role, options)
  }

  static func start(path: String, _ role: String, _ options: [String]) throws -> ChildProcess {
    try ChildProcess(Product.pnprun, [path, "--role", role] + options)
  }

  /// Starts a program of the lecture, unchanged; it announces what it does on standard error.
  static func lecture(_ name: String, port: UInt16) throws -> ChildProcess {
    let folder = "\(Product.root)/Tests/Lecture"
    return try ChildProcess(
      try Product.tool("python3"),
      ["-u", "\(folder)/announce.py", "\(folder)/\(name).py", "\(port)"]
    )
  }

  /// The port that a process says it listens on.
  static func port(of process: ChildProcess) throws -> UInt16 {
    let line = try process.errors.line(with: "listen")
    guard let port = line.split(whereSeparator: { " :".contains($0) }).last.flatMap({ UInt16($0) })
    else { throw Failure("no port in: \(line)") }
    return port
  }
}
