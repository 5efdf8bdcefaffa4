// SPDX-License-Identifier: Apache-2.0
// corpus: client pass
// poll() on the keyboard and the connection.
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* sends what was typed, one line with its newline */
static void sendLine(int fd, const char *line, size_t n) {
  while (n > 0) {
    ssize_t sent = send(fd, line, n, MSG_NOSIGNAL);
    if (sent < 0) exit(1);
    line += sent;
    n -= sent;
  }
}

int main(int argc, char **argv) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
  inet_pton(AF_INET, argv[argc - 2], &a.sin_addr);
  if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0) {
    perror("connect");
    return 1;
  }
  setvbuf(stdout, NULL, _IONBF, 0);
  setvbuf(stdin, NULL, _IONBF, 0);
  printf("Enter username: ");
  int typing = 1;
  char buf[65536];
  for (;;) {
    struct pollfd p[2] = {{fd, POLLIN, 0}, {typing ? 0 : -1, POLLIN, 0}};
    poll(p, 2, -1);
    if (p[0].revents) {
      ssize_t n = recv(fd, buf, sizeof buf, 0);
      if (n <= 0) return 0;
      fwrite(buf, 1, n, stdout);
    }
    if (p[1].revents) {
      if (fgets(buf, sizeof buf, stdin) == NULL) {
        shutdown(fd, SHUT_WR);
        typing = 0;
        continue;
      }
      printf("Enter message:\n");
      sendLine(fd, buf, strlen(buf));
    }
  }
}
