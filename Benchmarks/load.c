// SPDX-License-Identifier: Apache-2.0
// The benchmark's client: drives a server of guess, sum or broadcast, one thread, epoll.
//
//   load MODE PROTOCOL PORT CONNECTIONS BATCH SECONDS
//
// ping-pong, pipelined   each connection has one batch of messages outstanding (ping-pong: BATCH 1)
// connects               each connection sends one batch, closes, and connects anew
// broadcast              the first connection sends a batch, all receive it, then the next batch
// hold                   each connection sends one batch; all stay open until standard input ends
//
// Every answer is compared with what the protocol allows; the first wrong one ends the run.
// Standard output: `ready` when all are connected, `begin` when the warm-up (a quarter of SECONDS)
// is over, `end MESSAGES SECONDS CPU-SECONDS` after it; CPU is this process's own.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 262144, LINE_BYTES = 64, EVENTS = 256, SILENCE_MS = 10000 };

enum mode { EXCHANGE, CONNECTS, BROADCAST, HOLD };

struct connection {
  int fd;
  int awaited;  // lines until the batch is answered
  int partial_length;
  char partial[LINE_BYTES];
};

static enum mode mode;
static struct sockaddr_in server;
static int poller;
static int connection_count, batch;
static char *request;          // one batch of messages
static size_t request_length;
static int answers;            // lines that answer a batch
static int messages;           // what a batch counts for each time it is answered
static char sum_answer[24];    // sum: the line that answers a batch
static const char *protocol;
static int64_t handled;
static int outstanding;        // connections whose batch is not answered yet

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "load: %s: %s\n", what, detail);
  exit(1);
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void say(const char *line) {
  puts(line);
  fflush(stdout);
}

static int equals(const char *line, size_t length, const char *expected) {
  return length == strlen(expected) && memcmp(line, expected, length) == 0;
}

// Whether the line answers the messages that `prepare` wrote: a guess is always 4.
static int is_answer(const char *line, size_t length) {
  if (*protocol == 's') return equals(line, length, sum_answer);
  if (*protocol == 'b') return equals(line, length, "said: hello, all of you");
  if (equals(line, length, "Nice! I guessed that number")) return 1;
  if (length != 34 || line[17] < '1' || line[17] > '5' || line[17] == '4') return 0;
  return memcmp(line, "Wrong! I guessed ", 17) == 0 &&
         memcmp(line + 18, " and you typed 4", 16) == 0;
}

static void prepare(void) {
  request = malloc((size_t)batch * 32 + 2);
  if (!request) fail("memory", strerror(errno));
  int64_t total = 0;
  for (int i = 0; i < batch; i++) {
    char *end = request + request_length;
    if (*protocol == 's') {
      request_length += (size_t)sprintf(end, "%d\n", i % 1000);
      total += i % 1000;
    } else {
      request_length += (size_t)sprintf(end, "%s\n", *protocol == 'b' ? "hello, all of you" : "4");
    }
  }
  if (*protocol == 's') request_length += (size_t)sprintf(request + request_length, "#\n");
  sprintf(sum_answer, "%lld", (long long)total);
  answers = *protocol == 's' ? 1 : batch;
  messages = mode == CONNECTS ? 1 : batch;
}

static void send_batch(struct connection *connection) {
  ssize_t sent = send(connection->fd, request, request_length, MSG_NOSIGNAL);
  if (sent != (ssize_t)request_length) fail("send", sent < 0 ? strerror(errno) : "cut");
}

static void open_connection(struct connection *connection) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) fail("socket", strerror(errno));
  if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) fail("connect", strerror(errno));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl", strerror(errno));
  connection->fd = fd;
  connection->partial_length = 0;
}

static void start_batch(struct connection *connection) {
  connection->awaited = answers;
  outstanding++;
  if (mode != BROADCAST) send_batch(connection);
}

static void start_broadcast(struct connection *all) {
  for (int i = 0; i < connection_count; i++) start_batch(&all[i]);
  send_batch(&all[0]);
}

static void take_line(struct connection *connection, const char *line, size_t length) {
  if (connection->awaited == 0 || !is_answer(line, length)) {
    char text[LINE_BYTES + 1] = {0};
    memcpy(text, line, length < LINE_BYTES ? length : LINE_BYTES);
    fail("wrong answer", text);
  }
  if (--connection->awaited > 0) return;
  outstanding--;
  handled += messages;
  if (mode == CONNECTS) {
    close(connection->fd);
    open_connection(connection);
  }
  if (mode == EXCHANGE || mode == CONNECTS) start_batch(connection);
}

static void receive(struct connection *connection) {
  static char input[LINE_BYTES + READ_BYTES];
  memcpy(input, connection->partial, (size_t)connection->partial_length);
  ssize_t count =
      recv(connection->fd, input + connection->partial_length, READ_BYTES, MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) fail("receive", count < 0 ? strerror(errno) : "the server closed");
  const char *line = input, *limit = input + connection->partial_length + count, *end;
  connection->partial_length = 0;
  while ((end = memchr(line, '\n', (size_t)(limit - line)))) {
    take_line(connection, line, (size_t)(end - line));
    line = end + 1;
  }
  if (limit - line > LINE_BYTES) fail("wrong answer", "a line of more than 64 bytes");
  connection->partial_length = (int)(limit - line);
  memcpy(connection->partial, line, (size_t)(limit - line));
}

static void turn(void) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(poller, events, EVENTS, SILENCE_MS);
  if (count == 0) fail("no answer", "nothing arrived for 10 s");
  for (int i = 0; i < count; i++) receive(events[i].data.ptr);
}

static void await_welcome(struct connection *connection) {
  char welcome[9] = {0};
  if (recv(connection->fd, welcome, 8, MSG_WAITALL) != 8) fail("no welcome", strerror(errno));
  if (strcmp(welcome, "welcome\n") != 0) fail("wrong answer", welcome);
}

static void run_until(double end, struct connection *all) {
  while (seconds(CLOCK_MONOTONIC) < end) {
    if (mode == BROADCAST && outstanding == 0) start_broadcast(all);
    turn();
  }
}

static enum mode mode_named(const char *name) {
  if (!strcmp(name, "ping-pong") || !strcmp(name, "pipelined")) return EXCHANGE;
  if (!strcmp(name, "connects")) return CONNECTS;
  if (!strcmp(name, "broadcast")) return BROADCAST;
  if (!strcmp(name, "hold")) return HOLD;
  fail("unknown mode", name);
  return HOLD;
}

static void allow_many_files(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: load MODE PROTOCOL PORT CONNECTIONS BATCH SECONDS\n");
    return 2;
  }
  mode = mode_named(argv[1]);
  protocol = argv[2];
  server.sin_family = AF_INET;
  server.sin_port = htons((uint16_t)atoi(argv[3]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connection_count = atoi(argv[4]);
  batch = atoi(argv[5]);
  double length = atof(argv[6]);
  allow_many_files();
  poller = epoll_create1(0);
  prepare();

  struct connection *all = calloc((size_t)connection_count, sizeof *all);
  if (!all) fail("memory", strerror(errno));
  for (int i = 0; i < connection_count; i++) {
    open_connection(&all[i]);
    if (mode == BROADCAST) await_welcome(&all[i]);
  }
  if (mode != BROADCAST) {
    for (int i = 0; i < connection_count; i++) start_batch(&all[i]);
  }
  if (mode == HOLD) {
    while (outstanding > 0) turn();
    say("ready");
    while (getchar() != EOF) continue;
    return 0;
  }
  say("ready");

  run_until(seconds(CLOCK_MONOTONIC) + length / 4, all);
  say("begin");
  handled = 0;
  double start = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  run_until(start + length, all);
  printf("end %lld %.6f %.6f\n", (long long)handled, seconds(CLOCK_MONOTONIC) - start,
         seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
  return 0;
}
