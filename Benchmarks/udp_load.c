// SPDX-License-Identifier: Apache-2.0
// The benchmark's client over UDP: many sockets on the loopback address, one thread, epoll.
//
//   udp_load echo PORT SOCKETS SECONDS WINDOW
//   udp_load heartbeat PORT SOCKETS SECONDS
//
// echo        each socket keeps WINDOW datagrams on their way, each of which is to come back
// heartbeat   each socket says `Hello`, then `Hello, groundhog day N`, one each second, all of them
//             spread over the second; it takes the clocks that the server sends
//
// Every answer is checked; the first wrong one ends the run. Lost datagrams are counted, not wrong.
// Standard output: `ready` when all sockets have had an answer, `begin` when the measured time
// starts, `end DATAGRAMS SECONDS LOST` after it. DATAGRAMS are echoes, or hellos and clocks.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, DATAGRAM_BYTES = 64, EVENTS = 256, DIGITS = 16 };
static const double patience = 10;       // until every socket has had an answer
static const double loss_time = 0.5;     // echo: what is on its way at two looks is lost
static const double pause_time = 0.2;    // heartbeat: without a clock, all have been told
static const double clock_offset = 2;    // heartbeat: how wrong the server's clock may be
static const char request[] = "echo, please: ";  // the number of socket and datagram follow

struct peer {
  int fd;
  uint32_t sent;
  uint32_t clocks;   // heartbeat: since the start of the measured time
  int has_answer;
  // echo: a bit for each of the last 64 datagrams, by its number modulo 64
  uint64_t awaited;  // is on its way
  uint64_t seen;     // was on its way at the last look already
  uint64_t lost;     // is no longer awaited; it may come late
};

static struct peer *peers;
static uint32_t peer_count, window;
static int poller;
static int64_t handled, lost;
static uint32_t answered_peers;
static double last_answer;  // when the last one arrived

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "udp_load: %s: %s\n", what, detail);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void say(const char *line) {
  puts(line);
  fflush(stdout);
}

// MARK: - Sockets

static void open_socket(struct peer *peer, int port) {
  struct sockaddr_in server = {
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  peer->fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (peer->fd < 0) fail("socket", strerror(errno));
  // Connected: only the server is heard, and that it has gone is told.
  if (connect(peer->fd, (struct sockaddr *)&server, sizeof server) < 0) {
    fail("connect", strerror(errno));
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, peer->fd, &event) < 0) fail("epoll_ctl", strerror(errno));
}

static char contents[BATCH][DATAGRAM_BYTES];
static struct mmsghdr messages[BATCH];
static struct iovec parts[BATCH];

static void prepare_messages(void) {
  for (int i = 0; i < BATCH; i++) {
    parts[i].iov_base = contents[i];
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
}

// Sends the first messages, whose lengths are in `parts`.
static void send_messages(struct peer *peer, uint32_t count) {
  uint32_t sent = 0;
  while (sent < count) {
    int result = sendmmsg(peer->fd, messages + sent, count - sent, 0);
    if (result <= 0) fail("send", strerror(errno));
    sent += (uint32_t)result;
  }
  peer->sent += count;
}

// Receives what has arrived, at most BATCH datagrams. Longer ones are cut, thus wrong.
static int receive_messages(struct peer *peer) {
  for (int i = 0; i < BATCH; i++) parts[i].iov_len = DATAGRAM_BYTES;
  int count = recvmmsg(peer->fd, messages, BATCH, MSG_DONTWAIT, NULL);
  if (count < 0 && errno != EAGAIN) fail("receive", strerror(errno));
  return count < 0 ? 0 : count;
}

static void fail_answer(const char *what, int index) {
  fprintf(stderr, "udp_load: %s: %.*s\n", what, (int)messages[index].msg_len, contents[index]);
  exit(1);
}

static void note_answer(struct peer *peer) {
  answered_peers += !peer->has_answer;
  peer->has_answer = 1;
  handled++;
}

// MARK: - Echo

static uint64_t tag(const struct peer *peer, uint32_t number) {
  return (uint64_t)(peer - peers) << 32 | number;
}

static uint64_t bit(uint32_t number) { return (uint64_t)1 << (number & 63); }

static uint32_t bit_count(uint64_t bits) { return (uint32_t)__builtin_popcountll(bits); }

static void write_request(struct peer *peer, uint32_t number, uint32_t index) {
  memcpy(contents[index], request, sizeof request - 1);
  uint64_t rest = tag(peer, number);
  for (size_t end = sizeof request - 1 + DIGITS; end >= sizeof request; end--, rest >>= 4) {
    contents[index][end - 1] = "0123456789abcdef"[rest & 15];
  }
  parts[index].iov_len = sizeof request - 1 + DIGITS;
}

// Fills the window, unless the one that was sent 64 datagrams ago is still awaited.
static void send_requests(struct peer *peer) {
  uint32_t count = 0;
  while (bit_count(peer->awaited) < window && !(peer->awaited & bit(peer->sent + count))) {
    uint32_t number = peer->sent + count;
    write_request(peer, number, count++);
    peer->awaited |= bit(number);
    peer->seen &= ~bit(number);
    peer->lost &= ~bit(number);
  }
  send_messages(peer, count);
}

static void take_echo(struct peer *peer, int index) {
  if (messages[index].msg_len != sizeof request - 1 + DIGITS ||
      memcmp(contents[index], request, sizeof request - 1) != 0) {
    fail_answer("wrong answer", index);
  }
  uint64_t value = 0;
  for (size_t i = sizeof request - 1; i < sizeof request - 1 + DIGITS; i++) {
    char digit = contents[index][i];
    value = value << 4 | (uint64_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  uint32_t number = (uint32_t)value;
  if (value != tag(peer, number)) fail_answer("answer to another socket", index);
  uint32_t age = peer->sent - number;
  if (age == 0 || age > 64) fail_answer("wrong answer", index);
  if (peer->awaited & bit(number)) {
    peer->awaited &= ~bit(number);
    note_answer(peer);
  } else if (peer->lost & bit(number)) {
    peer->lost &= ~bit(number);
  } else {
    fail_answer("answered twice", index);
  }
}

// Gives up what has been on its way for too long.
static void sweep(double time) {
  static double last;
  if (time - last < loss_time) return;
  last = time;
  for (uint32_t i = 0; i < peer_count; i++) {
    struct peer *peer = &peers[i];
    uint64_t late = peer->awaited & peer->seen;
    lost += bit_count(late);
    peer->lost |= late;
    peer->awaited &= ~late;
    peer->seen = peer->awaited;
    send_requests(peer);
  }
}

// MARK: - Heartbeat

static double started;
static int64_t hello_count;

// Says as many hellos as are due by now, one for each socket and second.
static void send_hellos(double time) {
  int64_t due = (int64_t)((time - started) * peer_count) + 1;
  for (; hello_count < due; hello_count++) {
    struct peer *peer = &peers[hello_count % peer_count];
    int length = peer->sent == 0
                     ? sprintf(contents[0], "Hello")
                     : sprintf(contents[0], "Hello, groundhog day %u", peer->sent - 1);
    parts[0].iov_len = (size_t)length;
    send_messages(peer, 1);
    handled++;
  }
}

static void take_clock(struct peer *peer, int index) {
  int64_t value = 0;
  unsigned length = messages[index].msg_len;
  for (unsigned i = 0; i < length; i++) {
    char digit = contents[index][i];
    if (digit < '0' || digit > '9' || length > 12) fail_answer("not a clock", index);
    value = value * 10 + (digit - '0');
  }
  double difference = (double)(value - (int64_t)time(NULL));
  if (difference < -clock_offset || difference > clock_offset) fail_answer("wrong clock", index);
  peer->clocks++;
  note_answer(peer);
}

// MARK: - The loop

static void turn(void) {
  struct epoll_event events[EVENTS];
  double time = now();
  if (window) {
    sweep(time);
  } else {
    send_hellos(time);
  }
  int ready = epoll_wait(poller, events, EVENTS, window ? 100 : 1);
  if (ready > 0) last_answer = now();
  for (int i = 0; i < ready; i++) {
    struct peer *peer = events[i].data.ptr;
    int count = receive_messages(peer);
    for (int j = 0; j < count; j++) {
      if (window) {
        take_echo(peer, j);
      } else {
        take_clock(peer, j);
      }
    }
    if (window && count > 0) send_requests(peer);
  }
}

static void run_until(double end) {
  while (now() < end) turn();
}

// Runs until no clock has come for a while, so that all sockets were told the same.
static void run_until_pause(void) {
  double limit = now() + patience;
  do {
    if (now() > limit) fail("clocks", "they do not come to all at once");
    turn();
  } while (now() - last_answer < pause_time);
}

// How many clocks did not reach their sockets; all have been sent as many.
static int64_t missing_clocks(double elapsed) {
  uint32_t most = 0;
  int64_t sum = 0;
  for (uint32_t i = 0; i < peer_count; i++) {
    if (peers[i].clocks > most) most = peers[i].clocks;
    sum += peers[i].clocks;
  }
  // The interval is a second; the phase costs one, and a server that is late another one.
  if (most + 2 < elapsed) fail("clocks", "the server has sent too few");
  if (most > elapsed + 1) fail("clocks", "the server has sent too many");
  return (int64_t)most * peer_count - sum;
}

static void await_answers(void) {
  double limit = now() + patience;
  while (answered_peers < peer_count) {
    turn();
    if (now() > limit) {
      char text[64];
      sprintf(text, "%u of %u sockets had one in 10 s", answered_peers, peer_count);
      fail("no answer", text);
    }
  }
  if (!window) run_until_pause();
}

static void allow_many_files(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

int main(int argc, char **argv) {
  int is_echo = argc == 6 && strcmp(argv[1], "echo") == 0;
  if (!is_echo && !(argc == 5 && strcmp(argv[1], "heartbeat") == 0)) {
    fprintf(stderr,
            "usage: udp_load echo PORT SOCKETS SECONDS WINDOW | heartbeat PORT SOCKETS SECONDS\n");
    return 2;
  }
  peer_count = (uint32_t)atoi(argv[3]);
  double length = atof(argv[4]);
  window = is_echo ? (uint32_t)atoi(argv[5]) : 0;
  if (peer_count == 0 || (is_echo && (window == 0 || window > BATCH))) {
    fail("arguments", "SOCKETS from 1, WINDOW from 1 to 64");
  }
  allow_many_files();
  poller = epoll_create1(0);
  prepare_messages();
  peers = calloc(peer_count, sizeof *peers);
  if (!peers) fail("memory", strerror(errno));
  for (uint32_t i = 0; i < peer_count; i++) open_socket(&peers[i], atoi(argv[2]));

  started = now();
  await_answers();
  say("ready");
  if (window) run_until(now() + length / 4);
  say("begin");
  handled = lost = 0;
  for (uint32_t i = 0; i < peer_count; i++) peers[i].clocks = 0;
  double begin = now();
  run_until(begin + length);
  if (!window) {
    run_until_pause();
    lost = missing_clocks(now() - begin);
  }
  printf("end %lld %.6f %lld\n", (long long)handled, now() - begin, (long long)lost);
  return 0;
}
