// SPDX-License-Identifier: Apache-2.0
// corpus: server fail D5
// Three writes for one answer and SIGPIPE not ignored.
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIMIT 65535

struct client {
  int fd;
  unsigned char data[LIMIT];
};

static int say(int fd, const void *data, size_t left) {
  const char *bytes = data;
  while (left > 0) {
    ssize_t n = write(fd, bytes, left);
    if (n <= 0) return 0;
    bytes += n;
    left -= n;
  }
  return 1;
}

static int take(int fd, unsigned char *data, size_t count) {
  while (count > 0) {
    ssize_t n = read(fd, data, count);
    if (n <= 0) return 0;
    data += n;
    count -= n;
  }
  return 1;
}

static int answer(int fd, const char *start, const void *text, size_t n) {
  size_t all = strlen(start) + n;
  unsigned char size[2] = {all >> 8, all & 255};
  return say(fd, size, 2) && say(fd, start, strlen(start)) && say(fd, text, n);
}

static void session(struct client *c) {
  unsigned char size[2];
  while (take(c->fd, size, 2)) {
    size_t n = size[0] << 8 | size[1];
    if (!take(c->fd, c->data, n)) return;
    if (n > 65535 - 7) {
      answer(c->fd, "ERR too long", "", 0);
      return;
    }
    printf("Client said: %.*s\n", (int)n, (char *)c->data);
    fflush(stdout);
    usleep(10000);
    if (!answer(c->fd, "Heard: ", c->data, n)) return;
  }
}

static void *run(void *argument) {
  struct client *c = argument;
  session(c);
  close(c->fd);
  free(c);
  return NULL;
}

int main(int argc, char **argv) {
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
    pthread_t thread;
    pthread_create(&thread, NULL, run, c);
    pthread_detach(thread);
  }
}
