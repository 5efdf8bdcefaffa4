// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CProcess.h"

/// The state of a socket that listens; its name is in a header that excludes the others.
enum { tcp_listen = 10 };

static int ask(int channel, int family) {
  struct {
    struct nlmsghdr header;
    struct inet_diag_req_v2 request;
  } message = {
      .header =
          {
              .nlmsg_len = sizeof message,
              .nlmsg_type = SOCK_DIAG_BY_FAMILY,
              .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
          },
      .request =
          {
              .sdiag_family = (uint8_t)family,
              .sdiag_protocol = IPPROTO_TCP,
              .idiag_states = 1U << tcp_listen,
          },
  };
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  ssize_t sent = sendto(
      channel, &message, sizeof message, 0, (struct sockaddr *)&kernel, sizeof kernel);
  return sent == sizeof message ? 0 : -1;
}

/// Reads answers up to the last one; returns how many sockets there are, or -1.
static int read_answers(int channel, struct cprocess_listener *listeners, int capacity) {
  char buffer[16384] __attribute__((aligned(8)));
  int count = 0;
  while (true) {
    ssize_t length = recv(channel, buffer, sizeof buffer, 0);
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) return -1;
    unsigned int rest = (unsigned int)length;
    struct nlmsghdr *header = (struct nlmsghdr *)buffer;
    for (; NLMSG_OK(header, rest); header = NLMSG_NEXT(header, rest)) {
      if (header->nlmsg_type == NLMSG_DONE) return count;
      if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY) return -1;
      const struct inet_diag_msg *found = NLMSG_DATA(header);
      if (count == capacity) continue;
      struct cprocess_listener *listener = &listeners[count++];
      *listener = (struct cprocess_listener){
          .port = ntohs(found->id.idiag_sport),
          .inode = found->idiag_inode,
      };
      memcpy(listener->address, found->id.idiag_src, sizeof listener->address);
    }
  }
}

int cprocess_listeners(bool is_ipv6, struct cprocess_listener *listeners, int capacity) {
  int channel = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (channel < 0) return -1;
  int count = ask(channel, is_ipv6 ? AF_INET6 : AF_INET);
  if (count == 0) count = read_answers(channel, listeners, capacity);
  close(channel);
  return count;
}
