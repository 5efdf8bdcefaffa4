// SPDX-License-Identifier: Apache-2.0
// corpus: server fail X3|V7 args="0.5 3" options="--set client_interval=1s --set server_interval=500ms --set client_timeout=3s"
// Words in front of the seconds.
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define MAX_CLIENTS 1000

struct {
  struct sockaddr_in addr;
  double last;
} clients[MAX_CLIENTS];
int count;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void heard(struct sockaddr_in from) {
  for (int i = 0; i < count; i++)
    if (memcmp(&clients[i].addr, &from, sizeof from) == 0) {
      clients[i].last = now();
      return;
    }
  if (count == MAX_CLIENTS) return;
  clients[count].addr = from;
  clients[count++].last = now();
}

static void beat(int s, double timeout) {
  char text[30];
  int n = sprintf(text, "It is %ld", (long)time(NULL));
  for (int i = count - 1; i >= 0; i--)
    if (now() - clients[i].last > timeout) {
      clients[i] = clients[--count];
    } else {
      sendto(s, text, n, 0, (struct sockaddr *)&clients[i].addr, sizeof clients[i].addr);
    }
}

int main(int argc, char **argv) {
  double interval = argc > 2 ? atof(argv[2]) : 5, timeout = argc > 3 ? atof(argv[3]) : 30;
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
    perror("bind");
    return 1;
  }
  double next = now() + interval;
  for (;;) {
    struct pollfd p = {s, POLLIN, 0};
    double wait = next - now();
    if (poll(&p, 1, wait > 0 ? wait * 1000 + 1 : 0) > 0) {
      char data[1024];
      struct sockaddr_in from = {0};
      socklen_t length = sizeof from;
      ssize_t n = recvfrom(s, data, sizeof data, 0, (struct sockaddr *)&from, &length);
      if (n >= 5 && memcmp(data, "Hello", 5) == 0) heard(from);
    }
    if (now() >= next) {
      beat(s, timeout);
      next += interval;
    }
  }
}
