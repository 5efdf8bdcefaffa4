// SPDX-License-Identifier: Apache-2.0
/* corpus: server fail D5
 * SIGPIPE is not handled: a client that goes after "I select ..." ends the whole program */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <time.h>
#include <unistd.h>
#include <pthread.h>
#include <sys/socket.h>
#include <netinet/in.h>

static unsigned int seed;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void put(int fd, const char *s) { write(fd, s, strlen(s)); }

static void play(int fd, char *text, size_t len)
{
    static const char *object[3] = { "Paper", "Stone", "Scissors" };
    char *p = text, *end = text + len, out[40];
    while (p < end && isspace((unsigned char)*p)) p++;
    while (end > p && isspace((unsigned char)end[-1])) end--;
    if (p < end && *p == '+') p++;
    while (end - p > 1 && *p == '0') p++;
    if (end - p != 1 || *p < '1' || *p > '3') { put(fd, "ERR not 1, 2 or 3\n"); return; }
    int yours = *p - '1';
    pthread_mutex_lock(&m);
    int mine = rand_r(&seed) / 7 % 3;
    pthread_mutex_unlock(&m);
    sprintf(out, "I select %s\n", object[mine]);
    put(fd, out);
    usleep(150 * 1000);           /* keep them in suspense */
    if (mine == yours) put(fd, "Draw\n");
    else if ((mine == 0 && yours == 1) || (mine == 1 && yours == 2) || (mine == 2 && yours == 0))
        put(fd, "I won\n");
    else put(fd, "You won\n");
}

static void *client(void *arg)
{
    int fd = *(int *)arg;
    free(arg);
    size_t n = 0, max = 65536;
    char *buf = malloc(max);
    for (;;) {
        ssize_t r = read(fd, buf + n, max - n);
        if (r <= 0) {
            if (n == max) put(fd, "ERR too long\n");
            break;
        }
        char *nl = memchr(buf + n, '\n', r);
        n += r;
        if (nl) { play(fd, buf, nl - buf); break; }
    }
    free(buf);
    close(fd);
    return 0;
}

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a = {0};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a.sin_port = htons(atoi(argv[1]));
    seed = time(NULL) ^ getpid();
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    if (listen(s, 128) < 0) { perror("listen"); return 1; }
    for (;;) {
        pthread_t t;
        int *fd = malloc(sizeof *fd);
        if ((*fd = accept(s, 0, 0)) < 0) { free(fd); continue; }
        pthread_create(&t, 0, client, fd);
        pthread_detach(t);
    }
}
