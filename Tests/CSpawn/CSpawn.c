// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CSpawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void use_the_usual_signals(posix_spawnattr_t *attributes) {
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(attributes, &signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGQUIT);
  sigaddset(&signals, SIGPIPE);
  sigaddset(&signals, SIGTERM);
  posix_spawnattr_setsigdefault(attributes, &signals);
  posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
}

int cspawn_start(
    pid_t *process, const char *path, char *const *arguments, char *const *environment,
    const int *descriptors, const char *terminal) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int target = 0; target < 3; target++) {
    posix_spawn_file_actions_adddup2(&actions, descriptors[target], target);
  }
  if (terminal) posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  use_the_usual_signals(&attributes);
  int error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

int cspawn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cspawn_terminal(int sides[2], char *path, size_t size) {
  sides[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (sides[0] < 0) return -1;
  if (grantpt(sides[0]) == 0 && unlockpt(sides[0]) == 0 && ptsname_r(sides[0], path, size) == 0) {
    sides[1] = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (sides[1] >= 0) return 0;
  }
  close(sides[0]);
  return -1;
}

int cspawn_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }
