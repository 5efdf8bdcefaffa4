// SPDX-License-Identifier: Apache-2.0
// The benchmark's reference: guess, sum and broadcast in C, one thread, level-triggered epoll.
//
//   epoll_server PROTOCOL PORT
//
// A connection costs one small allocation. Reading and writing use one buffer each for the whole
// process: what arrives is read once, every complete line is handled, the answers are written once.
// Only a line that is cut, and answers that the peer does not take, are kept with the connection;
// while a peer does not take its answers, nothing is read from it.
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

enum { READ_BYTES = 65536, WRITE_BYTES = 262144, LINE_BYTES = 40, EVENTS = 256 };

struct connection {
  int64_t total;         // sum: what the numbers so far come to
  char *pending;         // answers that the peer has not taken yet
  uint32_t pending_length;
  int32_t member;        // broadcast: the place in `members`
  uint8_t partial_length;
  char partial[LINE_BYTES];
};

enum protocol { GUESS, SUM, BROADCAST };

static enum protocol protocol;
static int poller;
static struct connection **connections;  // by descriptor
static int *members, member_count;       // the open descriptors, in no order
static char input[LINE_BYTES + READ_BYTES];
static char output[WRITE_BYTES];
static size_t output_length;
static uint64_t random_state;

static void die(const char *what) {
  fprintf(stderr, "epoll_server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void *checked(void *memory) {
  if (!memory) die("memory");
  return memory;
}

// A uniform number 1...5: splitmix64, the high half of a product.
static int secret(void) {
  uint64_t z = random_state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  return 1 + (int)(((z >> 32) * 5) >> 32);
}

static void watch(int operation, int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data.fd = fd};
  if (epoll_ctl(poller, operation, fd, &event) < 0) die("epoll_ctl");
}

static void drop(int fd) {
  struct connection *connection = connections[fd];
  members[connection->member] = members[--member_count];
  connections[members[connection->member]]->member = connection->member;
  connections[fd] = NULL;
  free(connection->pending);
  free(connection);
  close(fd);
}

// Sends the bytes, keeps what the peer does not take. A peer that has gone is noticed when reading.
static void deliver(int fd, const char *bytes, size_t length) {
  struct connection *connection = connections[fd];
  if (!connection->pending) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno != EAGAIN) return;
      sent = 0;
    }
    if ((size_t)sent == length) return;
    bytes += sent;
    length -= (size_t)sent;
    watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
  }
  connection->pending =
      checked(realloc(connection->pending, connection->pending_length + length));
  memcpy(connection->pending + connection->pending_length, bytes, length);
  connection->pending_length += (uint32_t)length;
}

static void deliver_pending(int fd) {
  struct connection *connection = connections[fd];
  ssize_t sent = send(fd, connection->pending, connection->pending_length, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) drop(fd);
    return;
  }
  connection->pending_length -= (uint32_t)sent;
  if (connection->pending_length > 0) {
    memmove(connection->pending, connection->pending + sent, connection->pending_length);
    return;
  }
  free(connection->pending);
  connection->pending = NULL;
  watch(EPOLL_CTL_MOD, fd, EPOLLIN);
}

static void flush(int fd) {
  if (output_length == 0) return;
  if (protocol == BROADCAST) {
    for (int i = 0; i < member_count; i++) deliver(members[i], output, output_length);
  } else {
    deliver(fd, output, output_length);
  }
  output_length = 0;
}

static void append(const char *bytes, size_t length) {
  memcpy(output + output_length, bytes, length);
  output_length += length;
}

static void append_number(int64_t number) {
  char digits[20];
  size_t start = sizeof digits;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  do digits[--start] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (number < 0) digits[--start] = '-';
  append(digits + start, sizeof digits - start);
}

#define APPEND(text) append(text, sizeof text - 1)

// An optional sign and decimal digits, blanks around them ignored. Returns 0 for anything else.
static int parse(const char *text, const char *end, int64_t *number) {
  while (text < end && *text == ' ') text++;
  while (text < end && (end[-1] == ' ' || end[-1] == '\r')) end--;
  int negative = text < end && *text == '-';
  if (text < end && (*text == '-' || *text == '+')) text++;
  if (text == end || end - text > 18) return 0;
  int64_t value = 0;
  for (; text < end; text++) {
    if (*text < '0' || *text > '9') return 0;
    value = value * 10 + (*text - '0');
  }
  *number = negative ? -value : value;
  return 1;
}

// Returns 0 when the line ends the connection.
static int handle(struct connection *connection, const char *line, const char *end) {
  int64_t number;
  if (protocol == BROADCAST) {
    APPEND("said: ");
    append(line, (size_t)(end - line));
  } else if (protocol == SUM && end - line == 1 && *line == '#') {
    append_number(connection->total);
    connection->total = 0;
  } else if (!parse(line, end, &number)) {
    APPEND("ERR not a number\n");
    return 0;
  } else if (protocol == SUM) {
    connection->total += number;
    return 1;
  } else {
    int thought = secret();
    if (number == thought) {
      APPEND("Nice! I guessed that number");
    } else {
      APPEND("Wrong! I guessed ");
      append_number(thought);
      APPEND(" and you typed ");
      append_number(number);
    }
  }
  APPEND("\n");
  return 1;
}

static void receive(int fd) {
  struct connection *connection = connections[fd];
  memcpy(input, connection->partial, connection->partial_length);
  ssize_t count = recv(fd, input + connection->partial_length, READ_BYTES, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    drop(fd);
    return;
  }
  const char *line = input, *limit = input + connection->partial_length + count, *end;
  int open = 1;
  while (open && (end = memchr(line, '\n', (size_t)(limit - line)))) {
    // The longest answer: a line that was read, or a number, and at most 64 bytes around it.
    if (output_length + (size_t)(end - line) + 96 > WRITE_BYTES) flush(fd);
    open = handle(connection, line, end);
    line = end + 1;
  }
  flush(fd);
  if (!open || limit - line > LINE_BYTES) {
    drop(fd);
    return;
  }
  connection->partial_length = (uint8_t)(limit - line);
  memcpy(connection->partial, line, connection->partial_length);
}

static void accept_all(int listener) {
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    connections[fd] = checked(calloc(1, sizeof(struct connection)));
    connections[fd]->member = member_count;
    members[member_count++] = fd;
    watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    if (protocol == BROADCAST) deliver(fd, "welcome\n", 8);
  }
  if (errno != EAGAIN && errno != ECONNABORTED) die("accept");
}

static int listen_on(int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
  if (listen(fd, 4096) < 0) die("listen");
  return fd;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: epoll_server guess|sum|broadcast PORT\n");
    return 2;
  }
  protocol = strcmp(argv[1], "sum") == 0 ? SUM : strcmp(argv[1], "guess") == 0 ? GUESS : BROADCAST;
  random_state = (uint64_t)time(NULL);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  connections = checked(calloc(files.rlim_cur, sizeof *connections));
  members = checked(calloc(files.rlim_cur, sizeof *members));
  poller = epoll_create1(EPOLL_CLOEXEC);
  int listener = listen_on(atoi(argv[2]));
  watch(EPOLL_CTL_ADD, listener, EPOLLIN);

  struct epoll_event events[EVENTS];
  for (;;) {
    int count = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        accept_all(listener);
      } else if (events[i].events & EPOLLOUT) {
        deliver_pending(fd);
      } else {
        receive(fd);
      }
    }
  }
}
