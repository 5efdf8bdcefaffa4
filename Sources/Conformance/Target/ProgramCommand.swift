// SPDX-License-Identifier: Apache-2.0
package import Engine
import Glibc

/// How a program under test is started: the words after `--`, with its port filled in.
///
/// `python3 server.py {port}` becomes `python3 server.py 49321`; `{host}` is replaced as well, and
/// both also stand in the environment, as `PORT` and `HOST`. A program that is an equal of another
/// one is told the port of that one as `{peer}` and `PEER`.
package struct ProgramCommand: Sendable, Equatable {
  /// The program and its arguments; never empty.
  package var words: [String]
  package var environment: [String: String]
  /// Where it runs; `nil` for the folder of this process.
  package var directory: String?
  /// Whether bubblewrap stands in between, which tells a signal as the exit status 128 and more.
  var isConfined = false

  /// - Returns: `nil` when there are no words.
  package init?(
    _ words: [String],
    address: SocketAddress,
    peer: SocketAddress? = nil,
    directory: String? = nil
  ) {
    guard !words.isEmpty else { return nil }
    let port = address.port.map { "\($0)" } ?? ""
    var names = ["{port}": port, "{host}": address.host]
    environment = Self.inherited()
    if let peer = peer?.port {
      names["{peer}"] = "\(peer)"
      environment["PEER"] = "\(peer)"
    }
    self.words = words.map { Self.fill($0, names) }
    self.directory = directory
    environment["PORT"] = port
    environment["HOST"] = address.host
    // A killed program shows only what it has written out.
    environment["PYTHONUNBUFFERED"] = "1"
  }

  /// Replaces every name in one pass, so that what was filled in is not searched again.
  private static func fill(_ word: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = word[...]
    while !rest.isEmpty {
      if let (name, value) = values.first(where: { rest.hasPrefix($0.key) }) {
        result += value
        rest = rest.dropFirst(name.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// What programs need to find their parts and to speak the user's language, and no more.
  private static func inherited() -> [String: String] {
    let names = [
      "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR",
      "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "JAVA_HOME", "GOPATH", "GOCACHE",
      "CARGO_HOME", "RUSTUP_HOME", "NODE_PATH", "PERL5LIB",
    ]
    var environment: [String: String] = [:]
    for name in names {
      guard let value = unsafe getenv(name) else { continue }
      environment[name] = unsafe String(cString: value)
    }
    return environment
  }
}
