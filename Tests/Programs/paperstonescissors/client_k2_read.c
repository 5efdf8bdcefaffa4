// SPDX-License-Identifier: Apache-2.0
// corpus: client fail K2
// Reads up to the newline and does not look whether read brought anything.
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
  const char *names[] = {"Paper", "Stone", "Scissors"};
  printf("Choose object:\n1 = Paper\n2 = Stone\n3 = Scissors\n\n");
  long long choice;
  do choice = ask("Your selection: ");
  while (choice < 1 || choice > 3);
  printf("You selected %s\n", names[choice - 1]);
  dprintf(fd, "%lld\n", choice);
  for (int i = 0; i < 2; i++) {
    size_t used = 0;
    char c = '\0';
    while (c != '\n') {
      read(fd, &c, 1);
      if (used < sizeof line - 1 && c != '\r' && c != '\n') line[used++] = c;
    }
    line[used] = '\0';
    if (strncmp(line, "ERR ", 4) == 0) {
      printf("The server says: %s\n", line + 4);
      return 0;
    }
    printf("%s\n", line);
  }
  return 0;
}
