// SPDX-License-Identifier: Apache-2.0
// A process between us and the program. Whatever the program starts and abandons comes to the
// warden and to nobody else, so that several programs can run at once, and "no children left" is
// a fact that the kernel states instead of something to search for.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "Internal.h"

enum {
  channel_number = 3,
  report_number = 4,
  first_copy = 5,
  child_signals = 8,
  table_capacity = 65536,
};

struct warden {
  pid_t program;
  struct cprocess_limits limits;
  struct cprocess_entry *table;
  /// Milliseconds, on the clock of now().
  int64_t started;
  bool alone;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void tell(enum cprocess_event_kind kind, int32_t value) {
  struct cprocess_event event = {.kind = (int32_t)kind, .value = value};
  // Nobody to tell any more is no reason to stop here.
  (void)!write(channel_number, &event, sizeof event);
}

/// Whether SIGXCPU was ignored, and the limit behind it struck.
static bool used_up(const struct rusage *usage, const struct cprocess_limits *limits) {
  int64_t seconds = usage->ru_utime.tv_sec + usage->ru_stime.tv_sec + 1;
  return limits->processor_seconds > 0 && seconds >= limits->processor_seconds;
}

/// Takes what has ended; notes when nothing is left.
static void reap(struct warden *warden) {
  int status;
  struct rusage usage;
  pid_t process;
  while ((process = wait4(-1, &status, WNOHANG | __WALL, &usage)) > 0) {
    if (process != warden->program) continue;
    warden->program = 0;
    if (WIFEXITED(status)) {
      tell(CPROCESS_EXITED, WEXITSTATUS(status));
      continue;
    }
    int number = WTERMSIG(status);
    if (number == SIGXCPU || (number == SIGKILL && used_up(&usage, &warden->limits))) {
      tell(CPROCESS_OVER_LIMIT, CPROCESS_PROCESSOR_TIME);
    }
    tell(CPROCESS_SIGNALLED, number);
  }
  warden->alone = process < 0 && errno == ECHILD;
}

/// Waits for one of its children to end, at most so many milliseconds.
static void await_child(int milliseconds) {
  struct pollfd entry = {.fd = child_signals, .events = POLLIN};
  struct signalfd_siginfo info;
  if (poll(&entry, 1, milliseconds) > 0) (void)!read(child_signals, &info, sizeof info);
}

static int find_tree(struct warden *warden) {
  int count = cprocess_tree(getpid(), warden->table, table_capacity);
  return count < 0 ? 0 : count;
}

static void signal_tree(struct warden *warden, int number) {
  int count = find_tree(warden);
  for (int i = 0; i < count; i++) kill(warden->table[i].process, number);
}

/// Stops all processes, so that none can start another, and then kills them; until none is left.
static void kill_everything(struct warden *warden) {
  int64_t give_up = now() + 20000;
  while (reap(warden), !warden->alone && now() < give_up) {
    int before = -1, count = 0;
    for (int round = 0; round < 50; round++) {
      int running = 0;
      count = find_tree(warden);
      for (int i = 0; i < count; i++) {
        char state = warden->table[i].state;
        if (state == 'T' || state == 'Z' || state == 'X') continue;
        kill(warden->table[i].process, SIGSTOP);
        running++;
      }
      if (running == 0 || (count == before && round > 5)) break;
      before = count;
    }
    for (int i = 0; i < count; i++) kill(warden->table[i].process, SIGKILL);
    await_child(5);
  }
}

static void end_everything(struct warden *warden, int32_t grace) {
  if (grace > 0) {
    signal_tree(warden, SIGTERM);
    signal_tree(warden, SIGCONT);
    int64_t deadline = now() + grace;
    while (reap(warden), !warden->alone && now() < deadline) {
      await_child((int)(deadline - now()));
    }
  }
  kill_everything(warden);
}

/// The limit that the program is over, or 0.
static int limit_reached(struct warden *warden) {
  const struct cprocess_limits *limits = &warden->limits;
  if (limits->wall_milliseconds > 0 && now() - warden->started >= limits->wall_milliseconds) {
    return CPROCESS_WALL_TIME;
  }
  int count = find_tree(warden);
  int64_t pages = 0;
  for (int i = 0; i < count; i++) pages += warden->table[i].resident_pages;
  if (limits->processes > 0 && count > limits->processes) return CPROCESS_PROCESSES;
  int64_t bytes = pages * sysconf(_SC_PAGESIZE);
  return limits->resident_bytes > 0 && bytes > limits->resident_bytes ? CPROCESS_MEMORY : 0;
}

/// Milliseconds until the next look at the limits: often, but at most 2 % of the processor.
static int pause_after(const struct warden *warden, int64_t cost) {
  int64_t pause = cost * 50 < 40 ? 40 : cost * 50;
  int64_t left = warden->started + warden->limits.wall_milliseconds - now();
  if (warden->limits.wall_milliseconds > 0 && left < pause) pause = left < 0 ? 0 : left;
  return (int)pause;
}

static void watch(struct warden *warden) {
  struct pollfd entries[2] = {
      {.fd = channel_number, .events = POLLIN},
      {.fd = child_signals, .events = POLLIN},
  };
  int64_t next_look = 0;
  while (reap(warden), !warden->alone) {
    int64_t start = now();
    if (start >= next_look) {
      int limit = limit_reached(warden);
      if (limit != 0) {
        tell(CPROCESS_OVER_LIMIT, limit);
        kill_everything(warden);
        return;
      }
      next_look = now() + pause_after(warden, now() - start);
    }
    int64_t pause = next_look - now();
    if (poll(entries, 2, pause < 0 ? 0 : (int)pause) <= 0) continue;
    if (entries[1].revents) await_child(0);
    if (entries[0].revents) {
      int32_t grace;
      ssize_t count = read(channel_number, &grace, sizeof grace);
      end_everything(warden, count == sizeof grace ? grace : 0);
      return;
    }
  }
}

/// Keeps the channel and what the program gets, all else belongs to the process it came from.
static void keep_only(struct cprocess_program *program, int channel, int report) {
  enum { count = child_signals - channel_number };
  int sources[count] = {channel, report, program->descriptors[0], program->descriptors[1],
                        program->descriptors[2]};
  // First out of the way of each other.
  for (int i = 0; i < count; i++) sources[i] = fcntl(sources[i], F_DUPFD_CLOEXEC, child_signals + 1);
  for (int i = 0; i < count; i++) dup3(sources[i], channel_number + i, O_CLOEXEC);
  for (int i = 0; i < 3; i++) program->descriptors[i] = first_copy + i;
  close_range(child_signals, ~0U, 0);
  for (int i = 0; i < 3; i++) close(i);
  // The lowest free numbers are 0 to 2.
  for (int i = 0; i < 3; i++) (void)!open("/dev/null", O_RDWR);
}

static void stand_guard(struct cprocess_program program, int channel, int report) {
  struct warden warden = {.limits = program.limits, .started = now()};
  setsid();
  prctl(PR_SET_NAME, "pnprun-warden");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  keep_only(&program, channel, report);
  cprocess_use_the_usual_signals();
  sigset_t signals;
  sigfillset(&signals);
  sigprocmask(SIG_SETMASK, &signals, NULL);
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  // The lowest free number is this one.
  if (signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK) != child_signals) _exit(1);
  size_t size = table_capacity * sizeof(struct cprocess_entry);
  warden.table = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (warden.table == MAP_FAILED) _exit(1);

  program.dies_with_parent = true;
  warden.program = cprocess_fork(&program, report_number);
  if (warden.program < 0) _exit(1);
  close_range(first_copy, child_signals - 1, 0);
  watch(&warden);
  if (warden.alone) tell(CPROCESS_GONE, 0);
  _exit(0);
}

pid_t cprocess_start_warden(const struct cprocess_program *program, int channel, int report) {
  // A signal must not run a handler of ours in the new process.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t warden = fork();
  if (warden == 0) stand_guard(*program, channel, report);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return warden;
}
