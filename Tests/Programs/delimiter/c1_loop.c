// SPDX-License-Identifier: Apache-2.0
// corpus: server fail C1
// No threads; accept() comes again only when the client has left.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIMIT (1 << 20)

struct client {
  int fd;
  size_t used;
  char data[LIMIT];
};

static int say(int fd, const char *text, size_t left) {
  while (left > 0) {
    ssize_t n = write(fd, text, left);
    if (n <= 0) return 0;
    text += n;
    left -= n;
  }
  return 1;
}

static void session(struct client *c) {
  for (;;) {
    char *end = memchr(c->data, '#', c->used);
    if (end != NULL) {
      size_t n = end - c->data + 1;
      if (!say(c->fd, "Heard: ", 7) || !say(c->fd, c->data, n)) return;
      c->used -= n;
      memmove(c->data, end + 1, c->used);
      continue;
    }
    if (c->used == LIMIT) {
      say(c->fd, "ERR too long#", 13);
      return;
    }
    ssize_t got = recv(c->fd, c->data + c->used, LIMIT - c->used, 0);
    if (got <= 0) return;
    c->used += got;
  }
}

static void run(struct client *c) {
  session(c);
  close(c->fd);
  free(c);
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
  address.sin_addr.s_addr = inet_addr("127.0.0.1");
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("bind");
    return 1;
  }
  listen(listener, 64);
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) continue;
    struct client *c = calloc(1, sizeof *c);
    c->fd = fd;
    run(c);
  }
}
