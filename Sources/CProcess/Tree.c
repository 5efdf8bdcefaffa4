// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CProcess.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// Everything here runs in a process forked from one with many threads: it allocates nothing.

/// Calls for each number that a folder of /proc has a folder for; returns false when it cannot be
/// read.
static bool each_number(const char *path, void (*body)(pid_t, void *), void *context) {
  char buffer[16384] __attribute__((aligned(8)));
  int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return false;
  long count;
  while ((count = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0) {
    for (long at = 0; at < count;) {
      struct dirent64 *entry = (struct dirent64 *)(buffer + at);
      at += entry->d_reclen;
      pid_t process = (pid_t)atoi(entry->d_name);
      if (process > 0) body(process, context);
    }
  }
  close(directory);
  return count == 0;
}

/// Reads the start of a file below /proc/PROCESS; returns how many bytes, or -1.
static ssize_t read_file(pid_t process, const char *name, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t length = 0;
  ssize_t count;
  while (length < size && (count = read(file, text + length, size - length)) > 0) {
    length += (size_t)count;
  }
  close(file);
  return (ssize_t)length;
}

struct table {
  struct cprocess_entry *entries;
  int count;
  int capacity;
  /// The one whose children are being added.
  pid_t process;
  /// Whether any list of children could be read.
  bool is_readable;
};

/// Adds the line of /proc/PROCESS/stat; proc_pid_stat(5).
static void add_process(pid_t process, void *context) {
  struct table *table = context;
  char text[1024];
  if (table->count == table->capacity) return;
  ssize_t length = read_file(process, "stat", text, sizeof text - 1);
  if (length <= 0) return;
  text[length] = 0;
  // The name of a program may contain anything, also a bracket.
  char *fields = strrchr(text, ')');
  if (fields == NULL) return;
  char state;
  int parent, threads;
  unsigned long user, system;
  long resident;
  int found = sscanf(
      fields + 1, " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d %d %*d %*u %*u"
      " %ld", &state, &parent, &user, &system, &threads, &resident);
  if (found != 6) return;
  table->entries[table->count++] = (struct cprocess_entry){
      .process = process,
      .parent = parent,
      .state = state,
      .threads = threads,
      .ticks = (int64_t)(user + system),
      .resident_pages = resident,
  };
}

/// Adds the children of one thread, whose numbers its file lists; proc_pid_task(5).
static void add_children_of_thread(pid_t thread, void *context) {
  struct table *table = context;
  char name[64], text[8192];
  snprintf(name, sizeof name, "task/%d/children", (int)thread);
  ssize_t length = read_file(table->process, name, text, sizeof text - 1);
  if (length < 0) return;
  table->is_readable = true;
  text[length] = 0;
  char *end = text;
  for (long child; (child = strtol(end, &end, 10)) > 0;) add_process((pid_t)child, table);
}

/// Finds what is below a process by going down from it, which costs no more than what is there;
/// returns false where the system does not list children.
static bool go_down(pid_t root, struct table *table) {
  char path[64];
  for (int scanned = -1; scanned < table->count; scanned++) {
    table->process = scanned < 0 ? root : table->entries[scanned].process;
    snprintf(path, sizeof path, "/proc/%d/task", (int)table->process);
    each_number(path, add_children_of_thread, table);
    if (scanned < 0 && !table->is_readable) return false;
  }
  return true;
}

int cprocess_tree(pid_t root, struct cprocess_entry *entries, int capacity) {
  struct table table = {.entries = entries, .count = 0, .capacity = capacity};
  if (go_down(root, &table)) return table.count;
  if (!each_number("/proc", add_process, &table)) return -1;
  // Those found to be below the root move to the front, until no more are found.
  int below = 0, scanned = -1;
  while (scanned < below) {
    pid_t parent = scanned < 0 ? root : entries[scanned].process;
    for (int i = below; i < table.count; i++) {
      if (entries[i].parent != parent) continue;
      struct cprocess_entry found = entries[i];
      entries[i] = entries[below];
      entries[below++] = found;
    }
    scanned++;
  }
  return below;
}

struct search {
  const char *entry;
  int found;
};

static void kill_if_marked(pid_t process, void *context) {
  struct search *search = context;
  char text[32768];
  ssize_t length = read_file(process, "environ", text, sizeof text);
  size_t size = strlen(search->entry) + 1;
  if (process == getpid() || length < (ssize_t)size) return;
  // Entries end with a zero, so the comparison with it finds whole ones.
  if (memmem(text, (size_t)length, search->entry, size) == NULL) return;
  kill(process, SIGKILL);
  search->found++;
}

int cprocess_kill_marked(const char *entry) {
  struct search search = {.entry = entry};
  for (int round = 0; round < 200; round++) {
    search.found = 0;
    each_number("/proc", kill_if_marked, &search);
    if (search.found == 0) return 0;
    usleep(2000);
  }
  return search.found;
}
