// SPDX-License-Identifier: Apache-2.0
// corpus: server fail S2
// The port is a constant.
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LIMIT 65536
#define PORT 18006

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
  long long guess;
  int secret = rand() % 5 + 1;
  int got = next_line(c);
  if (got == 0) return;
  if (got < 0 || !to_number(c->line, &guess)) {
    say(c->fd, "ERR that is no number\n");
    return;
  }
  char answer[100];
  if (guess == secret)
    strcpy(answer, "Nice! I guessed that number\n");
  else
    snprintf(answer, sizeof answer, "Wrong! I guessed %d and you typed %lld\n", secret, guess);
  say(c->fd, answer);
}

static void *run(void *argument) {
  struct client *c = argument;
  session(c);
  close(c->fd);
  free(c);
  return NULL;
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  srand(time(NULL) ^ getpid());
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
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
