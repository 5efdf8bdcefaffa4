// SPDX-License-Identifier: Apache-2.0
// corpus: server pass
// A process for each client, and stdio: fgets() takes the end of the stream for the end of a line.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int number) {
    FILE *in = fdopen(number, "r");
    FILE *out = fdopen(dup(number), "w");
    static char line[70000];
    __int128 sum = 0;
    while (fgets(line, sizeof line, in)) {
        size_t length = strlen(line);
        if (length == sizeof line - 1) return;
        while (length && (line[length - 1] == '\n' || line[length - 1] == '\r')) line[--length] = 0;
        if (strcmp(line, "#") == 0) {
            fprintf(out, "%lld\n", (long long)sum);
            fflush(out);
            return;
        }
        char *end = line;
        errno = 0;
        long long value = strtoll(line, &end, 10);
        int isEmpty = end == line;
        while (*end == ' ' || *end == '\t') end++;
        if (isEmpty || *end != 0 || errno != 0) {
            fprintf(out, "ERR not a number\n");
            fflush(out);
            return;
        }
        sum += value;
    }
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 100)) {
        perror("listen");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) continue;
        if (fork() == 0) {
            close(listener);
            serve(client);
            _exit(0);
        }
        close(client);
    }
}
