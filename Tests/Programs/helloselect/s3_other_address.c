// SPDX-License-Identifier: Apache-2.0
// corpus: server fail S3
// Listens on 127.0.0.3.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 250
#define MAX_HEAD 65536

struct client {
  int fd;
  size_t length;
  char head[MAX_HEAD];
} *clients[MAX_CLIENTS];
int count, total;

/* returns 0 when the connection is over */
static int receive(struct client *c) {
  char answer[64];
  ssize_t n = recv(c->fd, c->head + c->length, MAX_HEAD - c->length, 0);
  if (n <= 0) return 0;
  c->length += n;
  if (memmem(c->head, c->length, "\r\n\r\n", 4) == NULL) return c->length < MAX_HEAD;
  n = sprintf(answer, "HTTP/1.1 200 OK\r\n\r\nTotal %d", ++total);
  send(c->fd, answer, n, MSG_NOSIGNAL);
  return 0;
}

int main(int argc, char **argv) {
  int ls = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 2);
  if (bind(ls, (struct sockaddr *)&a, sizeof a) < 0 || listen(ls, 128) < 0) {
    perror("helloselect");
    return 1;
  }
  for (;;) {
    struct pollfd p[MAX_CLIENTS + 1] = {{ls, count < MAX_CLIENTS ? POLLIN : 0, 0}};
    for (int i = 0; i < count; i++) p[i + 1] = (struct pollfd){clients[i]->fd, POLLIN, 0};
    poll(p, count + 1, -1);
    for (int i = count - 1; i >= 0; i--) {
      if (p[i + 1].revents == 0 || receive(clients[i])) continue;
      close(clients[i]->fd);
      free(clients[i]);
      clients[i] = clients[--count];
    }
    if (p[0].revents & POLLIN) {
      struct client *c = calloc(1, sizeof *c);
      c->fd = accept(ls, NULL, NULL);
      clients[count++] = c;
    }
  }
}
