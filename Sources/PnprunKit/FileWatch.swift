// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Watches the files that a command names, and those beside them.
struct FileWatch {
  /// When each file was changed last, in nanoseconds, and how long it is.
  typealias State = [String: [Int]]

  /// The files that are named, and the directories whose files count.
  private let files: [String]
  private let directories: Set<String>

  /// - Parameter words: Those that are no files are left out.
  init(_ words: [String]) {
    files = words.filter { Self.stamp($0) != nil }
    // The folders of programs such as /usr/bin/python3 are not those of their author.
    let own = files.filter { !$0.hasPrefix("/usr/") && !$0.hasPrefix("/bin/") }
    directories = Set(own.map(Self.directory))
  }

  /// What the named files are like now.
  var named: State {
    files.reduce(into: [:]) { state, path in state[path] = Self.stamp(path) ?? [] }
  }

  /// What all files are like now.
  private var all: State {
    var state = named
    for directory in directories {
      for name in Files.names(in: directory.isEmpty ? "." : directory) where !name.hasPrefix(".") {
        if let stamp = Self.stamp(directory + name) { state[directory + name] = stamp }
      }
    }
    return state
  }

  /// Waits until a file is different, and all of them stay as they are for a moment; returns one.
  ///
  /// Of files that are not named only changes from now on count: others were made by the program.
  func waitForChange(since named: State) -> String {
    let before = all.merging(named) { $1 }
    while true {
      let now = all
      usleep(250_000)
      guard now != before, all == now else { continue }
      let paths = Set(now.keys).union(before.keys).sorted()
      return paths.first { now[$0] != before[$0] } ?? ""
    }
  }

  /// The path up to the name, with its slash; empty for the current directory.
  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// `nil` for what is no regular file.
  private static func stamp(_ path: String) -> [Int]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_size)]
  }
}
