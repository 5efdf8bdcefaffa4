// SPDX-License-Identifier: Apache-2.0
/* corpus: client fail V2 */
/* the check of what is typed looks for digits only: negative numbers are refused at the keyboard */
#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

static int connect_to(const char *host, const char *port)
{
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *ai;
    if (getaddrinfo(host, port, &hints, &ai)) return -1;
    int s = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(s, ai->ai_addr, ai->ai_addrlen)) { close(s); s = -1; }
    freeaddrinfo(ai);
    return s;
}

static int all_digits(const char *p)
{
    for (; *p; p++)
        if (!isdigit((unsigned char)*p)) return 0;
    return 1;
}

int main(int argc, char **argv)
{
    char entry[256], answer[1024];
    int s, n = 0;
    if (argc != 3) { fprintf(stderr, "usage: %s HOST PORT\n", argv[0]); return 2; }
    if ((s = connect_to(argv[1], argv[2])) < 0) { fprintf(stderr, "cannot connect\n"); return 1; }
    for (;;) {
        printf("Enter number: ");
        fflush(stdout);
        if (!fgets(entry, 250, stdin)) break;
        entry[strcspn(entry, "\r\n")] = 0;
        if (!*entry || !strcmp(entry, "#")) break;
        if (!all_digits(entry)) { printf("Not a number!\n"); continue; }
        strcat(entry, "\n");
        if (send(s, entry, strlen(entry), MSG_NOSIGNAL) < 0) break;
    }
    send(s, "#\n", 2, MSG_NOSIGNAL);
    while (n < (int)sizeof answer - 1) {
        int r = recv(s, answer + n, 1, 0);
        if (r <= 0) { fprintf(stderr, "no answer\n"); return 1; }
        if (answer[n] == '\n') break;
        n += r;
    }
    answer[n] = 0;
    if (!strncmp(answer, "ERR ", 4)) printf("The server says: %s\n", answer + 4);
    else printf("%s\n", answer);
    close(s);
    return 0;
}
