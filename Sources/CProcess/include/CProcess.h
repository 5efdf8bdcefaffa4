// SPDX-License-Identifier: Apache-2.0
// Starting other people's programs, and ending everything that they have started.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What a program may use; 0 leaves it as it is.
struct cprocess_limits {
  /// Seconds of processor time of each process.
  int64_t processor_seconds;
  /// Bytes of memory that all its processes hold together.
  int64_t resident_bytes;
  int64_t processes;
  /// Open descriptors of each process.
  int64_t descriptors;
  /// Milliseconds until it is ended, whatever it does.
  int64_t wall_milliseconds;
};

struct cprocess_program {
  /// A path, or a name that is looked up in PATH.
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// NULL for the one of this process.
  const char *directory;
  /// What becomes standard input, output and error.
  int descriptors[3];
  /// The path of a terminal that becomes the controlling one, and standard input; or NULL.
  const char *terminal;
  /// Whether it is killed when the thread that started it ends.
  bool dies_with_parent;
  struct cprocess_limits limits;
};

/// Starts a program in a session of its own, with the usual signals, and with nothing inherited
/// but its standard descriptors. Returns 0, or the number of an error.
int cprocess_start(pid_t *process, const struct cprocess_program *program);

/// What a warden reports.
enum cprocess_event_kind {
  /// It has ended; the value is its exit status.
  CPROCESS_EXITED = 1,
  /// It has ended; the value is the number of a signal.
  CPROCESS_SIGNALLED = 2,
  /// All its processes are being killed; the value is one of `cprocess_limit`.
  CPROCESS_OVER_LIMIT = 3,
  /// Nothing is left of it.
  CPROCESS_GONE = 4,
};

enum cprocess_limit {
  CPROCESS_PROCESSOR_TIME = 1,
  CPROCESS_MEMORY = 2,
  CPROCESS_PROCESSES = 3,
  CPROCESS_WALL_TIME = 4,
};

struct cprocess_event {
  int32_t kind;
  int32_t value;
};

/// Starts a warden: a process that starts the program, adopts whatever loses its parent below it,
/// keeps the limits, and ends only when nothing is left.
///
/// It sends a `cprocess_event` for each change through `channel`, and takes one `int32_t`: the
/// milliseconds that the program has to end by itself. When the other end of the channel closes,
/// which the end of this process does, everything is killed at once.
///
/// How the start went is read from the other end of the pipe `report`: the number of the program,
/// then that of an error, or the end when there is none. It comes from the program's own process,
/// so that nothing the program does to the warden can hide it.
/// Returns the number of the warden, or -1 with errno.
pid_t cprocess_start_warden(const struct cprocess_program *program, int channel, int report);

/// One process, as /proc shows it.
struct cprocess_entry {
  pid_t process;
  pid_t parent;
  /// The letter of `ps`, such as Z for a zombie.
  char state;
  int32_t threads;
  /// Clock ticks of processor time.
  int64_t ticks;
  int64_t resident_pages;
};

/// Finds all processes below `root`, without itself; returns how many, or -1 when /proc cannot be
/// read. The table has to hold every process of the system; those that do not fit are left out.
int cprocess_tree(pid_t root, struct cprocess_entry *entries, int capacity);

/// A socket of TCP that waits for peers.
struct cprocess_listener {
  /// In the order of the network; of IPv4 only the first is used.
  uint32_t address[4];
  uint16_t port;
  /// The number that the kernel gave the socket.
  uint32_t inode;
};

/// Finds all sockets of TCP that wait for peers in this network, without a look at any connection;
/// sock_diag(7). Returns how many, at most `capacity`, or -1 when the kernel does not tell.
int cprocess_listeners(bool is_ipv6, struct cprocess_listener *listeners, int capacity);

/// Kills every process whose environment has such an entry, like `NAME=value`, until none is left
/// or too many rounds have passed; returns how many were left.
int cprocess_kill_marked(const char *entry);

/// Both ends of a pipe, closed in other programs; returns 0, or -1 with errno.
int cprocess_pipe(int ends[2]);

/// A pair of connected sockets, closed in other programs; returns 0, or -1 with errno.
int cprocess_channel(int ends[2]);

/// Both sides of a new terminal, the keyboard's first; returns 0, or -1 with errno.
int cprocess_terminal(int sides[2], char *path, size_t size);

/// Stops a terminal from echoing what is typed and from changing what is printed.
int cprocess_make_plain(int terminal);

/// Accepts a connection, closed in other programs; returns its descriptor, or -1 with errno.
int cprocess_accept(int listener);
