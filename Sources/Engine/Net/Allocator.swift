// SPDX-License-Identifier: Apache-2.0
import CLinux

/// What the allocator of this process gives back to the system.
package enum Allocator {
  /// Makes large blocks go back to the system as soon as they are freed.
  ///
  /// Otherwise glibc keeps them for itself after the first one, and a table that has grown by
  /// doubling costs its memory twice.
  package static func returnLargeBlocks() { clinux_return_large_blocks() }

  /// Gives back what was freed so far, such as all that reading a specification has taken.
  package static func returnFreedMemory() { clinux_return_freed_memory() }

  /// Gives back the pages of the program that only its start has needed; not in a debug build, where
  /// that would take a debugger's breakpoints with them.
  package static func returnCode() {
    #if !DEBUG
      clinux_return_code()
    #endif
  }
}
