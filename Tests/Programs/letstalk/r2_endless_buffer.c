// SPDX-License-Identifier: Apache-2.0
// corpus: server warn R2
// The buffer for a line grows without a bound.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CLIENTS 200
#define MAX_OUT (64 << 20)

struct client {
  int fd, closing;
  char *name;
  char *in, *out;
  size_t inLen, outLen;
} clients[MAX_CLIENTS];
int count;

static void put(struct client *c, const char *data, size_t n) {
  if (c->outLen + n > MAX_OUT) {
    c->closing = 2;
    return;
  }
  c->out = realloc(c->out, c->outLen + n);
  memcpy(c->out + c->outLen, data, n);
  c->outLen += n;
}

static void broadcast(const char *a, size_t an, const char *b, size_t bn, const char *c) {
  for (int i = 0; i < count; i++) {
    if (clients[i].name == NULL) continue;
    put(&clients[i], a, an);
    put(&clients[i], b, bn);
    put(&clients[i], c, strlen(c));
  }
}

static int validUTF8(const unsigned char *s, size_t n) {
  for (size_t i = 0; i < n;) {
    int more = s[i] < 0x80 ? 0 : s[i] >= 0xc2 && s[i] < 0xe0 ? 1
               : s[i] >= 0xe0 && s[i] < 0xf0 ? 2 : s[i] >= 0xf0 && s[i] < 0xf5 ? 3 : -1;
    if (more < 0 || i + more >= n) return 0;
    if ((s[i] == 0xe0 && s[i + 1] < 0xa0) || (s[i] == 0xed && s[i + 1] > 0x9f)) return 0;
    if ((s[i] == 0xf0 && s[i + 1] < 0x90) || (s[i] == 0xf4 && s[i + 1] > 0x8f)) return 0;
    for (i++; more > 0; more--, i++)
      if ((s[i] & 0xc0) != 0x80) return 0;
  }
  return 1;
}

static void refuse(struct client *c, const char *text) {
  put(c, text, strlen(text));
  c->closing = 1;
}

static void line(struct client *c, const char *s, size_t n) {
  if (n > 0 && s[n - 1] == '\r') n--;
  if (!validUTF8((const unsigned char *)s, n)) {
    refuse(c, "ERR not UTF-8\n");
    return;
  }
  if (c->name == NULL) {
    char *name = strndup(s, n);
    int taken = 0;
    for (int i = 0; i < count; i++)
      if (clients[i].name != NULL && strcmp(clients[i].name, name) == 0) taken = 1;
    if (strlen(name) == 0 || taken) {
      refuse(c, "ERR this name is not free\n");
      free(name);
      return;
    }
    printf("User %s has entered room\n", name);
    broadcast("User ", 5, name, strlen(name), " has entered room\n");
    c->name = name;
  } else if (n > 0) {
    char *start = malloc(strlen(c->name) + 3);
    sprintf(start, "%s: ", c->name);
    printf("User %s say %.*s\n", c->name, (int)n, s);
    char *text = malloc(n + 1);
    memcpy(text, s, n);
    text[n] = '\n';
    broadcast(start, strlen(start), text, n + 1, "");
    free(start);
    free(text);
  }
}

static void gone(int i) {
  char *name = clients[i].name;
  close(clients[i].fd);
  free(clients[i].in);
  free(clients[i].out);
  clients[i] = clients[--count];
  if (name != NULL) {
    broadcast("User ", 5, name, strlen(name), " has left room\n");
    printf("User %s has left room\n", name);
    free(name);
  }
}

/* returns 0 when the client is gone */
static int receive(struct client *c) {
  char buf[4096];
  ssize_t n = recv(c->fd, buf, sizeof buf, 0);
  if (n < 0 && errno == EAGAIN) return 1;
  if (n <= 0) return 0;
  c->in = realloc(c->in, c->inLen + n);
  memcpy(c->in + c->inLen, buf, n);
  c->inLen += n;
  char *end;
  size_t used = 0;
  while (!c->closing && (end = memchr(c->in + used, '\n', c->inLen - used)) != NULL) {
    line(c, c->in + used, end - (c->in + used));
    used = end - c->in + 1;
  }
  memmove(c->in, c->in + used, c->inLen - used);
  c->inLen -= used;
  return 1;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOLBF, 0);
  int ls = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(ls, (struct sockaddr *)&a, sizeof a) < 0 || listen(ls, 64) < 0) {
    perror("server");
    return 1;
  }
  printf("Chat server running...\n");
  for (;;) {
    struct pollfd p[MAX_CLIENTS + 1];
    p[0] = (struct pollfd){ls, count < MAX_CLIENTS ? POLLIN : 0, 0};
    int n = count;
    for (int i = 0; i < n; i++) {
      int in = clients[i].closing ? 0 : POLLIN;
      p[i + 1] = (struct pollfd){clients[i].fd, in | (clients[i].outLen ? POLLOUT : 0), 0};
    }
    poll(p, n + 1, -1);
    for (int i = n - 1; i >= 0; i--) {
      struct client *c = &clients[i];
      int alive = 1;
      if (p[i + 1].revents & (POLLIN | POLLERR | POLLHUP)) alive = receive(c);
      if (alive && c->outLen > 0) {
        ssize_t sent = send(c->fd, c->out, c->outLen, 0);
        if (sent < 0 && errno != EAGAIN) alive = 0;
        if (sent > 0) {
          memmove(c->out, c->out + sent, c->outLen - sent);
          c->outLen -= sent;
        }
      }
      if (!alive || c->closing == 2 || (c->closing && c->outLen == 0)) gone(i);
    }
    if (p[0].revents & POLLIN) {
      int fd = accept(ls, NULL, NULL);
      if (fd < 0) continue;
      fcntl(fd, F_SETFL, O_NONBLOCK);
      clients[count++] = (struct client){.fd = fd};
    }
  }
}
