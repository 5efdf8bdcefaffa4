// SPDX-License-Identifier: Apache-2.0
/* corpus: server fail F9
 * the whole list is kept in a buffer of 256 bytes; a longer list is cut off */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define BUFFER 256

/* 1 = '#' seen, 0 = list not complete, -1 = bad */
int add_up(const char *buf, int len, long long *total)
{
    int from = 0, i;
    *total = 0;
    for (i = 0; i < len; i++) {
        char line[BUFFER + 1], *s = line, *e;
        if (buf[i] != '\n') continue;
        memcpy(line, buf + from, i - from);
        line[i - from] = 0;
        e = line + (i - from);
        from = i + 1;
        while (e > s && (e[-1] == '\r' || e[-1] == ' ' || e[-1] == '\t')) *--e = 0;
        while (*s == ' ' || *s == '\t') s++;
        if (!strcmp(s, "#")) return 1;
        char *stop;
        *total += strtoll(s, &stop, 10);
        if (stop == s || stop != e) return -1;
    }
    return 0;
}

void child(int fd)
{
    char buf[BUFFER], out[64];
    int len = 0, n;
    long long total;
    while ((n = recv(fd, buf + len, BUFFER - len, 0)) > 0) {
        len += n;
        switch (add_up(buf, len, &total)) {
        case 1:
            sprintf(out, "%lld\n", total);
            send(fd, out, strlen(out), 0);
            return;
        case -1:
            send(fd, "ERR not a number\n", 17, 0);
            return;
        }
    }
}

int main(int argc, char **argv)
{
    int s = socket(PF_INET, SOCK_STREAM, 0), c, reuse = 1;
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8005);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    if (bind(s, (struct sockaddr *)&a, sizeof a) == -1) { perror("bind"); exit(1); }
    listen(s, 100);
    while (1) {
        c = accept(s, NULL, NULL);
        if (c == -1) continue;
        if (!fork()) { close(s); child(c); close(c); exit(0); }
        close(c);
    }
}
