// SPDX-License-Identifier: Apache-2.0
/* corpus: server fail R1
 * a client that goes before its request is complete keeps its slot (and its descriptor): after 64 of them nobody is served */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <pthread.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#define SLOTS 64

struct slot { int fd, busy; } slots[SLOTS];
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t is_free = PTHREAD_COND_INITIALIZER;
unsigned total;

int valid_utf8(unsigned char *p, unsigned char *end) {
    while (p < end) {
        int n;
        if (*p < 0x80) n = 0;
        else if (*p >= 0xC2 && *p <= 0xDF) n = 1;
        else if (*p >= 0xE0 && *p <= 0xEF) n = 2;
        else if (*p >= 0xF0 && *p <= 0xF4) n = 3;
        else return 0;
        p++;
        while (n--) if (p >= end || (*p++ & 0xC0) != 0x80) return 0;
    }
    return 1;
}

void *work(void *arg) {
    struct slot *s = arg;
    enum { SIZE = 1 << 17 };
    char *buf = malloc(SIZE), answer[64];
    int have = 0;
    char *end = NULL;
    while (!end) {
        ssize_t n = recv(s->fd, buf + have, SIZE - 1 - have, 0);
        if (n <= 0) {
            shutdown(s->fd, SHUT_RDWR);
            free(buf);
            return NULL;
        }
        int from = have > 3 ? have - 3 : 0;
        have += n;
        for (int i = from; i + 4 <= have; i++)
            if (!memcmp(buf + i, "\r\n\r\n", 4)) { end = buf + i; break; }
    }
    if (valid_utf8((unsigned char *)buf, (unsigned char *)end)) {
        pthread_mutex_lock(&m);
        unsigned n = ++total;
        pthread_mutex_unlock(&m);
        printf("Total %u\n", n);
        fflush(stdout);
        int len = snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\n\r\nTotal %u", n);
        send(s->fd, answer, len, 0);
        shutdown(s->fd, SHUT_WR);
        struct timeval t = {1, 0};
        setsockopt(s->fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
        for (int i = 0; i < 50 && recv(s->fd, buf, SIZE, 0) > 0; i++);
    }
    close(s->fd);
    free(buf);
    pthread_mutex_lock(&m);
    s->busy = 0;
    pthread_cond_signal(&is_free);
    pthread_mutex_unlock(&m);
    return NULL;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    int ls = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(ls, (struct sockaddr *)&addr, sizeof addr) == -1) { perror("bind"); return 1; }
    listen(ls, 256);
    while (1) {
        struct slot *s = NULL;
        pthread_mutex_lock(&m);
        while (!s) {
            for (int i = 0; i < SLOTS && !s; i++) if (!slots[i].busy) s = &slots[i];
            if (!s) pthread_cond_wait(&is_free, &m);
        }
        s->busy = 1;
        pthread_mutex_unlock(&m);
        if ((s->fd = accept(ls, NULL, NULL)) < 0) { s->busy = 0; continue; }
        pthread_t t;
        pthread_create(&t, NULL, work, s);
        pthread_detach(t);
    }
}
