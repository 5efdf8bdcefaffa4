// SPDX-License-Identifier: Apache-2.0
/* corpus: server pass */
/* epoll, level triggered; the end of the head is found by a little automaton, nothing of the request is stored */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAXFD 4096

static struct { char matched, answered; int seen; time_t since; } st[MAXFD];
static unsigned long total;
static const char END[] = "\r\n\r\n";

/* returns 1 when the empty line has come */
static int feed(int fd, const char *p, ssize_t n)
{
    int m = st[fd].matched;
    for (; n > 0; n--, p++) {
        if (*p == END[m]) m++;
        else if (*p == '\r') m = 1;
        else m = 0;
        if (m == 4) return 1;
    }
    st[fd].matched = m;
    return 0;
}

int main(int argc, char **argv)
{
    struct epoll_event ev = { EPOLLIN }, evs[64];
    struct sockaddr_in a;
    int ep = epoll_create1(0), s = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    signal(SIGPIPE, SIG_IGN);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = INADDR_ANY;
    a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8005);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) == -1) { perror("hello: bind"); return 1; }
    listen(s, 511);
    ev.data.fd = s;
    epoll_ctl(ep, EPOLL_CTL_ADD, s, &ev);

    for (;;) {
        int n = epoll_wait(ep, evs, 64, 1000);
        for (int i = 0; i < n; i++) {
            int fd = evs[i].data.fd;
            if (fd == s) {
                int c = accept(s, NULL, NULL);
                if (c < 0) continue;
                if (c >= MAXFD) { close(c); continue; }
                fcntl(c, F_SETFL, O_NONBLOCK);
                memset(&st[c], 0, sizeof st[c]);
                ev.data.fd = c;
                epoll_ctl(ep, EPOLL_CTL_ADD, c, &ev);
                continue;
            }
            char buf[2048];
            ssize_t k = read(fd, buf, sizeof buf);
            if (k <= 0) { st[fd].since = 0; close(fd); continue; }
            if (st[fd].answered) continue;                 /* pipelined requests: not today */
            st[fd].seen += k;
            if (feed(fd, buf, k)) {
                char out[80];
                int len = sprintf(out, "HTTP/1.1 200 OK\r\n\r\nTotal %lu", ++total);
                printf("Total %lu\n", total);
                fflush(stdout);
                write(fd, out, len);
                shutdown(fd, SHUT_WR);
                st[fd].answered = 1;
                st[fd].since = time(NULL);
            } else if (st[fd].seen > 65536) {
                close(fd);
            }
        }
        for (int fd = 0; fd < MAXFD; fd++)
            if (st[fd].since && st[fd].since + 3 < time(NULL)) { st[fd].since = 0; close(fd); }
    }
}
