// SPDX-License-Identifier: Apache-2.0
// corpus: server warn S1
// setsockopt was forgotten.
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIMIT 65536

struct client {
  int fd;
  size_t used;
  char data[LIMIT];
  char line[LIMIT + 1];
};

static void say(int fd, const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t n = write(fd, text, left);
    if (n <= 0) return;
    text += n;
    left -= n;
  }
}

// 1: a line is in c->line; 0: the client has closed; -1: no line that anybody could want
static int next_line(struct client *c) {
  for (;;) {
    char *end = memchr(c->data, '\n', c->used);
    if (end != NULL) {
      size_t n = end - c->data;
      memcpy(c->line, c->data, n);
      c->line[n] = '\0';
      c->used -= n + 1;
      memmove(c->data, end + 1, c->used);
      if (strlen(c->line) != n) return -1;
      if (n > 0 && c->line[n - 1] == '\r') c->line[n - 1] = '\0';
      return 1;
    }
    if (c->used == LIMIT) return -1;
    ssize_t got = recv(c->fd, c->data + c->used, LIMIT - c->used, 0);
    if (got <= 0) return 0;
    c->used += got;
  }
}

static int to_number(const char *text, long long *number) {
  char *end;
  errno = 0;
  *number = strtoll(text, &end, 10);
  if (end == text || errno != 0) return 0;
  while (*end == ' ' || *end == '\t') end++;
  return *end == '\0';
}

static void session(struct client *c) {
  long long total = 0, number;
  int got;
  while ((got = next_line(c)) != 0) {
    if (got > 0 && strcmp(c->line, "#") == 0) {
      char answer[32];
      snprintf(answer, sizeof answer, "%lld\n", total);
      say(c->fd, answer);
      return;
    }
    if (got < 0 || !to_number(c->line, &number)) {
      say(c->fd, "ERR only numbers and # here\n");
      return;
    }
    total += number;
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
  signal(SIGPIPE, SIG_IGN);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
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
