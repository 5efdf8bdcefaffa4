// SPDX-License-Identifier: Apache-2.0
/* corpus: server fail V5
 * the sum is kept in a float: from 16777217 on the last digits are wrong */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <signal.h>
#include <unistd.h>
#include <pthread.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define MAXLINE 65536

struct reader { int fd; char buf[4096]; int pos, len; };

static int next_char(struct reader *r)
{
    if (r->pos == r->len) {
        r->len = recv(r->fd, r->buf, sizeof r->buf, 0);
        r->pos = 0;
        if (r->len <= 0) { r->len = 0; return -1; }
    }
    return (unsigned char)r->buf[r->pos++];
}

/* 1 = number read, 0 = not a number, -1 = connection gone */
static int read_number(struct reader *r, long long *value)
{
    char *line = malloc(MAXLINE + 1), *end;
    int n = 0, c, ok;
    while ((c = next_char(r)) != '\n') {
        if (c < 0) { free(line); return -1; }
        if (n == MAXLINE) { free(line); return 0; }
        line[n++] = c;
    }
    line[n] = 0;
    *value = strtoll(line, &end, 10);
    ok = end != line;
    while (isspace((unsigned char)*end)) end++;
    if (end != line + n) ok = 0;
    free(line);
    return ok;
}

static void *serve(void *arg)
{
    struct reader *r = arg;
    long long a, b;
    char out[64];
    int ok = read_number(r, &a);
    if (ok == 1) ok = read_number(r, &b);
    if (ok == 1) {
        float sum = (float)a + (float)b;
        snprintf(out, sizeof out, "%.0f\n", sum);
        send(r->fd, out, strlen(out), MSG_NOSIGNAL);
    } else if (ok == 0) {
        send(r->fd, "ERR not a number\n", 17, MSG_NOSIGNAL);
    }
    close(r->fd);
    free(r);
    return NULL;
}

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 128)) { perror("bind"); return 1; }
    for (;;) {
        pthread_t t;
        int fd = accept(s, NULL, NULL);
        if (fd < 0) continue;
        struct reader *r = calloc(1, sizeof *r);
        r->fd = fd;
        if (pthread_create(&t, NULL, serve, r)) { close(fd); free(r); continue; }
        pthread_detach(t);
    }
}
