// SPDX-License-Identifier: Apache-2.0
/* corpus: server pass */
/* forked children with stdio on the socket (two FILE*), numbers with strtoll */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX 65600

static char line[MAX];

/* 1 = number read, 0 = not a number, -1 = the client is gone */
static int read_number(FILE *in, long long *value)
{
    size_t n = 0;
    int c;
    while ((c = getc(in)) != '\n') {
        if (c == EOF) return -1;
        if (n == MAX - 1) return 0;
        line[n++] = c;
    }
    if (n > 0 && line[n - 1] == '\r') n--;
    while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t')) n--;
    line[n] = 0;
    if (strlen(line) != n) return 0;

    char *s = line + strspn(line, " \t");
    char *digits = s;
    if (*digits == '+' || *digits == '-') digits++;
    if (*digits == 0 || digits[strspn(digits, "0123456789")] != 0) return 0;
    errno = 0;
    *value = strtoll(s, NULL, 10);
    return errno == 0;
}

static void serve(int fd)
{
    FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
    long long a, b, total;
    int ok;

    if ((ok = read_number(in, &a)) == 1)
        ok = read_number(in, &b);
    if (ok == -1) exit(0);
    if (ok == 0)
        fprintf(out, "ERR that is not a number\n");
    else if (__builtin_add_overflow(a, b, &total))
        fprintf(out, "ERR too big for me\n");
    else
        fprintf(out, "%lld\n", total);
    fflush(out);
    shutdown(fd, SHUT_WR);
    alarm(2);                      /* read the rest, but not for ever */
    while (getc(in) != EOF) ;
    exit(0);
}

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in a = {0};

    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);      /* no zombies */
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    a.sin_family = AF_INET;
    a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8005);
    a.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    listen(s, 64);
    printf("simplecalc listening\n");
    fflush(stdout);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0) continue;
        if (fork() == 0) {
            close(s);
            serve(c);
        }
        close(c);
    }
}
