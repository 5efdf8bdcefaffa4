/* SPDX-License-Identifier: Apache-2.0
 * corpus: client fail F2 args="{host} {port}"
 * get_line() throws away what it has read behind the newline: when both lines come at once the result is lost */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

const char *objects[] = {"", "Paper", "Stone", "Scissors"};

/* 1 = a line, 0 = the connection is over */
int get_line(int fd, char *line, int size) {
    int n = 0;
    char *nl;
    do {
        int r = recv(fd, line + n, size - 1 - n, 0);
        if (r <= 0) return 0;
        n += r;
        line[n] = 0;
        nl = strchr(line, '\n');
    } while (nl == NULL);
    *nl = 0;
    if (nl > line && nl[-1] == '\r') nl[-1] = 0;
    return 1;
}

void show(int fd) {
    char line[1024];
    if (!get_line(fd, line, sizeof line)) {
        fprintf(stderr, "The server has closed the connection.\n");
        exit(1);
    }
    if (strncmp(line, "ERR", 3) == 0) {
        printf("The server says: %s\n", line[3] ? line + 4 : "");
        exit(0);
    }
    printf("%s\n", line);
}

int main(int argc, char *argv[]) {
    char typed[100], junk;
    int choice;
    struct sockaddr_in a = {0};
    setvbuf(stdout, NULL, _IONBF, 0);
    signal(SIGPIPE, SIG_IGN);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, strcmp(argv[1], "localhost") ? argv[1] : "127.0.0.1", &a.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0) { perror("connect"); return 1; }
    printf("Choose object:\n1 = Paper\n2 = Stone\n3 = Scissors\n\n");
    while (1) {
        printf("Your selection: ");
        if (!fgets(typed, sizeof typed, stdin)) return 1;
        if (sscanf(typed, "%d %c", &choice, &junk) == 1 && choice >= 1 && choice <= 3) break;
        printf("1, 2 or 3!\n");
    }
    printf("You selected %s\n", objects[choice]);
    sprintf(typed, "%d\n", choice);
    if (send(fd, typed, strlen(typed), 0) < 0) { perror("send"); return 1; }
    show(fd);
    show(fd);
    close(fd);
    return 0;
}
