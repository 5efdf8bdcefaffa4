// SPDX-License-Identifier: Apache-2.0
// What tests need to start processes, and Swift's Glibc module does not declare.
#pragma once
#include <sys/types.h>

/// Starts a program in a session of its own, with the usual signals, and with nothing inherited
/// but its standard descriptors. A terminal that is not NULL becomes the controlling one, and
/// standard input. Returns 0, or the number of an error.
int cspawn_start(
    pid_t *process, const char *path, char *const *arguments, char *const *environment,
    const int *descriptors, const char *terminal);

/// Both ends of a pipe, closed in other programs; returns 0, or -1 with errno.
int cspawn_pipe(int ends[2]);

/// Both sides of a new terminal, the keyboard's first; returns 0, or -1 with errno.
int cspawn_terminal(int sides[2], char *path, size_t size);

/// Accepts a connection, closed in other programs; returns its descriptor, or -1 with errno.
int cspawn_accept(int listener);
