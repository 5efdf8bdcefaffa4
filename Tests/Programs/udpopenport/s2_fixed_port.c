// SPDX-License-Identifier: Apache-2.0
// corpus: server fail S2
// Port 8005, always.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(8005)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
    perror("bind");
    return 1;
  }
  static char greeted[65536]; /* by the port of the client, all are on this computer */
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (;;) {
    char text[128];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t n = recvfrom(s, text, sizeof text - 1, 0, (struct sockaddr *)&from, &length);
    if (n < 0) continue;
    text[n] = 0;
    const char *answer = NULL;
    char *known = &greeted[ntohs(from.sin_port)];
    if (!*known && n == 5 && strcmp(text, "Hello") == 0) answer = "Hello from me also";
    if (*known && n == 11 && strcmp(text, "Hello again") == 0) answer = "Woow..we speak on the edge";
    if (answer == NULL) continue;
    *known = !*known;
    printf("%s\n", text);
    sendto(s, answer, strlen(answer), 0, (struct sockaddr *)&from, length);
  }
}
