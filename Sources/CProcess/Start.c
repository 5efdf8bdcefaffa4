// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "Internal.h"

void cprocess_use_the_usual_signals(void) {
  struct sigaction usual = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static void limit(int resource, int64_t soft, int64_t hard) {
  struct rlimit now;
  if (getrlimit(resource, &now) != 0) return;
  if (now.rlim_max != RLIM_INFINITY && (rlim_t)hard > now.rlim_max) hard = (int64_t)now.rlim_max;
  if (soft > hard) soft = hard;
  struct rlimit new = {.rlim_cur = (rlim_t)soft, .rlim_max = (rlim_t)hard};
  setrlimit(resource, &new);
}

/// All processes and threads of the system, the fourth number of /proc/loadavg.
static int64_t tasks_of_the_system(void) {
  char text[128];
  int file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return 0;
  text[count] = 0;
  for (char *c = text; *c; c++) {
    if (*c == '/') return atoll(c + 1);
  }
  return 0;
}

static void set_limits(const struct cprocess_limits *limits) {
  limit(RLIMIT_CORE, 0, 0);
  if (limits->processor_seconds > 0) {
    limit(RLIMIT_CPU, limits->processor_seconds, limits->processor_seconds + 1);
  }
  if (limits->descriptors > 0) limit(RLIMIT_NOFILE, limits->descriptors, limits->descriptors);
  // This one counts what the user has, not what the program has, so it only stops the worst.
  int64_t tasks = limits->processes > 0 ? tasks_of_the_system() : 0;
  if (tasks > 0) limit(RLIMIT_NPROC, tasks + 8 * limits->processes, tasks + 8 * limits->processes);
}

/// Becomes the program, or returns with errno.
static void become(const struct cprocess_program *program, pid_t parent) {
  setsid();
  if (program->dies_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
  }
  // First out of the way of each other: any of them may have one of the numbers 0 to 2.
  int copies[3];
  for (int target = 0; target < 3; target++) {
    copies[target] = fcntl(program->descriptors[target], F_DUPFD_CLOEXEC, 3);
    if (copies[target] < 0) return;
  }
  for (int target = 0; target < 3; target++) {
    if (dup2(copies[target], target) < 0) return;
  }
  if (program->terminal) {
    int terminal = open(program->terminal, O_RDWR | O_CLOEXEC);
    if (terminal < 0 || dup2(terminal, 0) < 0) return;
  }
  if (program->directory && chdir(program->directory) != 0) return;
  if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) return;
  set_limits(&program->limits);
  cprocess_use_the_usual_signals();
  execvpe(program->path, program->arguments, program->environment);
}

pid_t cprocess_fork(const struct cprocess_program *program, int report) {
  int gate[2];
  if (cprocess_channel(gate) != 0) {
    close(report);
    return -1;
  }
  // A signal must not run a handler of ours in the new process.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    char nothing;
    close(gate[1]);
    while (read(gate[0], &nothing, 1) < 0 && errno == EINTR) continue;
    // Above the standard descriptors, which are about to be replaced.
    report = fcntl(report, F_DUPFD_CLOEXEC, 3);
    pid_t number = getpid();
    (void)!write(report, &number, sizeof number);
    become(program, parent);
    int code = errno;
    (void)!write(report, &code, sizeof code);
    _exit(127);
  }
  int code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report);
  close(gate[0]);
  // The child's end closes when the program runs: until then what it holds is a copy of ours.
  shutdown(gate[1], SHUT_WR);
  char nothing;
  while (child > 0 && read(gate[1], &nothing, 1) < 0 && errno == EINTR) continue;
  close(gate[1]);
  errno = code;
  return child;
}

int cprocess_start(pid_t *process, const struct cprocess_program *program) {
  int report[2];
  if (cprocess_pipe(report) != 0) return errno;
  *process = cprocess_fork(program, report[1]);
  int code = *process < 0 ? errno : 0;
  // The end of the pipe comes with the program's first instruction.
  for (int number = 0; number < 2 && *process > 0; number++) {
    ssize_t count;
    do count = read(report[0], &code, sizeof code);
    while (count < 0 && errno == EINTR);
    if (count != sizeof code) code = 0;
  }
  if (code != 0 && *process > 0) waitpid(*process, NULL, 0);
  close(report[0]);
  return code;
}

int cprocess_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cprocess_channel(int ends[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

int cprocess_terminal(int sides[2], char *path, size_t size) {
  sides[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (sides[0] < 0) return -1;
  if (grantpt(sides[0]) == 0 && unlockpt(sides[0]) == 0 && ptsname_r(sides[0], path, size) == 0) {
    sides[1] = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (sides[1] >= 0) return 0;
  }
  close(sides[0]);
  return -1;
}

int cprocess_make_plain(int terminal) {
  struct termios settings;
  if (tcgetattr(terminal, &settings) != 0) return -1;
  settings.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ISIG);
  settings.c_oflag &= ~(tcflag_t)OPOST;
  return tcsetattr(terminal, TCSANOW, &settings);
}

int cprocess_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }
