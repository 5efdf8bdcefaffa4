// SPDX-License-Identifier: Apache-2.0
// corpus: server fail V9
// Each process counts for itself, so the total is always 1.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int fd, atomic_int *total) {
  static char head[65536];
  size_t length = 0;
  while (memmem(head, length, "\r\n\r\n", 4) == NULL) {
    ssize_t n = recv(fd, head + length, sizeof head - length, 0);
    if (n <= 0) return;
    length += n;
  }
  dprintf(fd, "HTTP/1.1 200 OK\r\n\r\nTotal %d", atomic_fetch_add(total, 1) + 1);
}

int main(int argc, char **argv) {
  signal(SIGCHLD, SIG_IGN); /* no zombies */
  atomic_int *total =
      mmap(NULL, sizeof *total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int ls = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(ls, (struct sockaddr *)&a, sizeof a) < 0) return 1;
  listen(ls, 128);
  for (;;) {
    int fd = accept(ls, NULL, NULL);
    if (fd < 0) continue;
    if (fork() == 0) {
      close(ls);
      serve(fd, total);
      _exit(0);
    }
    close(fd);
  }
}
