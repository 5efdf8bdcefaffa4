// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The number of open sockets of this process.
func openSockets() -> Int {
  (Int32(0)..<4096).count { number in
    var status = stat()
    return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }
}

/// The number that the next descriptor will get.
func lowestFreeDescriptor() -> Int32 {
  let number = dup(0)
  close(number)
  return number
}

/// Seconds of processor time that this process has used.
func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

func limitDescriptors(to count: Int32) throws {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  limit.rlim_cur = rlim_t(count)
  guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
    throw Client.Failure(call: "setrlimit", code: errno)
  }
}
