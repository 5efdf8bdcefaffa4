// SPDX-License-Identifier: Apache-2.0
// corpus: server fail F4 args=1 options="--set interval=1s"
// Empties the buffer after the whole lines, with the beginning of the next.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CLIENTS 200
#define MAX_LINE 65536
#define MAX_OUT 65536

struct client {
  int fd, length, pending, ticket[5], hasTicket;
  char in[MAX_LINE], out[MAX_OUT];
} *clients[MAX_CLIENTS];
int count;

static void put(struct client *c, const char *text) {
  int n = strlen(text);
  if (c->pending + n > MAX_OUT) return; /* it does not read anyway */
  memcpy(c->out + c->pending, text, n);
  c->pending += n;
}

static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

static void draw(void) {
  int numbers[47], i;
  char text[100] = "Drawn:";
  for (i = 0; i < 47; i++) numbers[i] = i + 1;
  for (i = 0; i < 5; i++) {
    int j = i + rand() % (47 - i), n = numbers[i];
    numbers[i] = numbers[j];
    numbers[j] = n;
  }
  qsort(numbers, 5, sizeof(int), compare);
  for (i = 0; i < 5; i++) sprintf(text + strlen(text), " %d", numbers[i]);
  strcat(text, "\n");
  printf("%s", text);
  for (i = 0; i < count; i++) put(clients[i], text);
  for (i = 0; i < count; i++) {
    int hits = 0;
    if (!clients[i]->hasTicket) continue;
    for (int j = 0; j < 5; j++)
      for (int k = 0; k < 5; k++) hits += clients[i]->ticket[j] == numbers[k];
    sprintf(text, "You hit %d\n", hits);
    put(clients[i], hits == 5 ? "BINGO\n" : text);
  }
}

/* a ticket, with zero at its end; returns 1 if it is a good one */
static int parse(char *s, int *ticket) {
  int n = 0;
  for (char *word = strtok(s, " ,\t\r"); word != NULL; word = strtok(NULL, " ,\t\r")) {
    char *end;
    long value = strtol(word, &end, 10);
    if (*end != 0 || value < 1 || value > 47 || n == 5) return 0;
    for (int i = 0; i < n; i++)
      if (ticket[i] == value) return 0;
    ticket[n++] = value;
  }
  return n == 5;
}

static int receive(struct client *c) {
  int n = recv(c->fd, c->in + c->length, MAX_LINE - c->length, 0);
  if (n < 0 && errno == EAGAIN) return 1;
  if (n <= 0) return 0;
  c->length += n;
  char *end;
  int lines = 0;
  while ((end = memchr(c->in, '\n', c->length)) != NULL) {
    int ticket[5], whole = memchr(c->in, 0, end - c->in) == NULL;
    *end = 0;
    lines++;
    if (whole && parse(c->in, ticket)) {
      memcpy(c->ticket, ticket, sizeof ticket);
      c->hasTicket = 1;
      put(c, "OK\n");
    } else {
      put(c, "ERR not a ticket\n");
    }
    c->length -= end + 1 - c->in;
    memmove(c->in, end + 1, c->length);
  }
  if (lines > 0) c->length = 0;
  return c->length < MAX_LINE;
}

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  srand(time(NULL) ^ getpid());
  setvbuf(stdout, NULL, _IOLBF, 0);
  long interval = argc > 2 ? 1000 * atof(argv[2]) : 10000, next = now() + interval;
  int ls = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(ls, (struct sockaddr *)&a, sizeof a) < 0 || listen(ls, 64) < 0) {
    perror("bingo");
    return 1;
  }
  for (;;) {
    struct pollfd p[MAX_CLIENTS + 1] = {{ls, count < MAX_CLIENTS ? POLLIN : 0, 0}};
    for (int i = 0; i < count; i++)
      p[i + 1] = (struct pollfd){clients[i]->fd, POLLIN | (clients[i]->pending ? POLLOUT : 0), 0};
    long wait = next - now();
    poll(p, count + 1, wait > 0 ? wait : 0);
    for (int i = count - 1; i >= 0; i--) {
      struct client *c = clients[i];
      int alive = p[i + 1].revents & ~POLLOUT ? receive(c) : 1;
      if (alive && c->pending > 0) {
        int n = send(c->fd, c->out, c->pending, 0);
        if (n > 0) memmove(c->out, c->out + n, c->pending -= n);
        if (n < 0 && errno != EAGAIN) alive = 0;
      }
      if (!alive) {
        close(c->fd);
        free(c);
        clients[i] = clients[--count];
      }
    }
    if (p[0].revents & POLLIN) {
      struct client *c = calloc(1, sizeof *c);
      c->fd = accept(ls, NULL, NULL);
      fcntl(c->fd, F_SETFL, O_NONBLOCK);
      clients[count++] = c;
    }
    if (now() >= next) {
      draw();
      next += interval;
    }
  }
}
