// SPDX-License-Identifier: Apache-2.0
// The benchmark's reference over UDP in C, one thread, a system call for each datagram.
//
//   udp_server echo PORT
//   udp_server batches PORT
//   udp_server heartbeat PORT INTERVAL TIMEOUT
//
// echo: every datagram goes back to where it came from. batches: the same with a system call for all
// that have arrived. heartbeat: who has sent `Hello` or
// `Hello, groundhog day N` is sent the clock every INTERVAL seconds, until it is silent for TIMEOUT
// seconds. The peers stand one behind the other, and are found by a hash table of their places.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { DATAGRAM_BYTES = 65536, BATCH = 64, SOCKET_BYTES = 4 << 20, FEWEST_CELLS = 64 };

struct peer {
  struct sockaddr_in address;
  double heard;  // when the last datagram came
};

static int fd;
static char input[DATAGRAM_BYTES];
static struct peer *peers;
static uint32_t peer_count;
static uint32_t *cells;  // the place of a peer plus one; 0 when free, at least half are
static uint32_t cell_count;
static uint64_t seed;

static void die(const char *what) {
  fprintf(stderr, "udp_server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static uint64_t key(const struct sockaddr_in *address) {
  return (uint64_t)address->sin_addr.s_addr << 16 | address->sin_port;
}

// The cell of the address, or the free one where it would be: Fibonacci hashing, linear probing.
static uint32_t *find(const struct sockaddr_in *address) {
  uint64_t wanted = key(address);
  uint32_t cell = (uint32_t)(((wanted ^ seed) * 0x9E3779B97F4A7C15u) >> 32) & (cell_count - 1);
  while (cells[cell] && key(&peers[cells[cell] - 1].address) != wanted) {
    cell = (cell + 1) & (cell_count - 1);
  }
  return &cells[cell];
}

static void fill_cells(void) {
  memset(cells, 0, cell_count * sizeof *cells);
  for (uint32_t i = 0; i < peer_count; i++) *find(&peers[i].address) = i + 1;
}

static void grow(void) {
  cell_count = cell_count ? 2 * cell_count : FEWEST_CELLS;
  cells = realloc(cells, cell_count * sizeof *cells);
  peers = realloc(peers, cell_count / 2 * sizeof *peers);
  if (!cells || !peers) die("memory");
  fill_cells();
}

static void hear(const struct sockaddr_in *address, double time) {
  if (2 * (peer_count + 1) > cell_count) grow();
  uint32_t *cell = find(address);
  if (!*cell) {
    peers[peer_count].address = *address;
    *cell = ++peer_count;
  }
  peers[*cell - 1].heard = time;
}

static int is_hello(const char *text, size_t length) {
  static const char day[] = "Hello, groundhog day ";
  size_t start = sizeof day - 1;
  if (length == 5) return memcmp(text, "Hello", 5) == 0;
  if (length <= start || length > start + 19 || memcmp(text, day, start) != 0) return 0;
  while (start < length && text[start] >= '0' && text[start] <= '9') start++;
  return start == length;
}

static void forget_silent(double limit) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < peer_count; i++) {
    if (peers[i].heard >= limit) peers[kept++] = peers[i];
  }
  if (kept == peer_count) return;
  peer_count = kept;
  fill_cells();
}

static void tell_clock(void) {
  char text[24];
  size_t length = (size_t)sprintf(text, "%lld", (long long)time(NULL));
  for (uint32_t i = 0; i < peer_count; i++) {
    // What cannot be sent is lost; one that has gone will be silent.
    sendto(fd, text, length, 0, (struct sockaddr *)&peers[i].address, sizeof peers[i].address);
  }
}

// Takes what has arrived, until nothing more has or it is time for the clock.
static void hear_all(double until) {
  struct sockaddr_in sender;
  for (;;) {
    socklen_t size = sizeof sender;
    ssize_t count =
        recvfrom(fd, input, sizeof input, MSG_DONTWAIT, (struct sockaddr *)&sender, &size);
    if (count < 0) return;
    double time = now();
    if (is_hello(input, (size_t)count)) hear(&sender, time);
    if (time >= until) return;
  }
}

static void heartbeat(double interval, double timeout) {
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  double next = now() + interval;
  for (;;) {
    double rest = next - now();
    if (rest <= 0) {
      forget_silent(now() - timeout);
      tell_clock();
      next += interval;
    } else if (poll(&ready, 1, (int)(rest * 1000) + 1) > 0) {
      hear_all(next);
    }
  }
}

static void echo(void) {
  struct sockaddr_in sender;
  for (;;) {
    socklen_t size = sizeof sender;
    ssize_t count = recvfrom(fd, input, sizeof input, 0, (struct sockaddr *)&sender, &size);
    if (count >= 0) sendto(fd, input, (size_t)count, 0, (struct sockaddr *)&sender, size);
  }
}

static void echo_batches(void) {
  static char inputs[BATCH][DATAGRAM_BYTES];
  static struct sockaddr_in senders[BATCH];
  static struct iovec parts[BATCH];
  static struct mmsghdr messages[BATCH];
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){.iov_base = inputs[i], .iov_len = DATAGRAM_BYTES};
      messages[i].msg_hdr = (struct msghdr){
          .msg_name = &senders[i],
          .msg_namelen = sizeof senders[i],
          .msg_iov = &parts[i],
          .msg_iovlen = 1};
    }
    int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++) parts[i].iov_len = messages[i].msg_len;
    for (int sent = 0, more; sent < count; sent += more) {
      more = sendmmsg(fd, messages + sent, (unsigned)(count - sent), 0);
      if (more <= 0) more = 1;  // What cannot be sent is lost.
    }
  }
}

static void bind_to(int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) die("socket");
  // The same as pnprun asks for, so that a burst loses as little.
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){SOCKET_BYTES}, sizeof(int));
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &(int){SOCKET_BYTES}, sizeof(int));
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
}

int main(int argc, char **argv) {
  int is_echo = argc == 3 && strcmp(argv[1], "echo") == 0;
  int is_batches = argc == 3 && strcmp(argv[1], "batches") == 0;
  if (!is_echo && !is_batches && !(argc == 5 && strcmp(argv[1], "heartbeat") == 0)) {
    fprintf(stderr, "usage: udp_server echo PORT | batches PORT | heartbeat PORT INTERVAL TIMEOUT\n");
    return 2;
  }
  seed = (uint64_t)time(NULL);
  bind_to(atoi(argv[2]));
  if (is_echo) echo();
  if (is_batches) echo_batches();
  heartbeat(atof(argv[3]), atof(argv[4]));
}
