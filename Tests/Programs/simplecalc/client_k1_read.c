// SPDX-License-Identifier: Apache-2.0
// corpus: client fail K1
// One read is taken for the whole answer.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static long long ask(const char *prompt) {
  char line[256], *end;
  for (;;) {
    printf("%s", prompt);
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL) exit(0);
    long long number = strtoll(line, &end, 10);
    if (end != line && (*end == '\n' || *end == '\0')) return number;
    printf("That is not a number.\n");
  }
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
  inet_pton(AF_INET, argv[argc - 2], &address.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("connect");
    return 1;
  }
  char line[1024];
  const char *prompts[] = {"Enter number 1: ", "Enter number 2: "};
  for (int i = 0; i < 2; i++) dprintf(fd, "%lld\n", ask(prompts[i]));
  ssize_t n = read(fd, line, sizeof line - 1);
  if (n <= 0) {
    fprintf(stderr, "no answer\n");
    return 1;
  }
  line[n] = '\0';
  line[strcspn(line, "\r\n")] = '\0';
  if (strncmp(line, "ERR ", 4) == 0)
    printf("The server says: %s\n", line + 4);
  else
    printf("Result is: %s\n", line);
  return 0;
}
