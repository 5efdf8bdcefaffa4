// SPDX-License-Identifier: Apache-2.0
// What the Glibc overlay hides from Swift: headers it leaves out, macros with arguments, and
// constants that glibc declares as members of anonymous enumerations.
#pragma once
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "ByteSearch.h"

static const int clinux_stream_socket = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
static const int clinux_datagram_socket = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
static const int clinux_accept_flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
static const int clinux_send_flags = MSG_NOSIGNAL;
static const int clinux_shut_write = SHUT_WR;
static const int clinux_ipv6_only = IPV6_V6ONLY;
static const int clinux_protocol_ipv6 = IPPROTO_IPV6;
static const int clinux_protocol_tcp = IPPROTO_TCP;
static const int clinux_protocol_ip = IPPROTO_IP;
static const int clinux_message_cut = MSG_TRUNC;
static const int clinux_signalfd_flags = SFD_NONBLOCK | SFD_CLOEXEC;
static const int clinux_epoll_cloexec = EPOLL_CLOEXEC;
static const unsigned clinux_epoll_in = EPOLLIN;
static const unsigned clinux_epoll_out = EPOLLOUT;
static const unsigned clinux_epoll_err = EPOLLERR;
static const unsigned clinux_epoll_hup = EPOLLHUP;

/// accept4() is declared only under _GNU_SOURCE, which Swift's Glibc module does not promise.
int clinux_accept(int listener, struct sockaddr *address, socklen_t *length);

/// Sends a reset instead of an orderly end when the socket is closed.
int clinux_reset_on_close(int socket);

/// Sets the soft limit of open descriptors to the hard one; returns the limit, or -1.
int clinux_raise_descriptor_limit(void);

/// Gives every freed block of 128 KiB or more back to the system at once.
void clinux_return_large_blocks(void);

/// Gives the pages of freed memory back to the system.
void clinux_return_freed_memory(void);

/// Takes the code of the program out of its page tables; what runs again comes back by itself, from
/// the system's cache. Breakpoints that a debugger has set are lost.
void clinux_return_code(void);

/// One datagram of a batch: `struct mmsghdr`, which is declared only under _GNU_SOURCE.
struct clinux_message {
  struct msghdr header;
  unsigned length;
};

/// recvmmsg() without waiting; returns how many datagrams were received, or -1.
int clinux_receive_messages(int socket, struct clinux_message *messages, unsigned count);

/// sendmmsg() without waiting; returns how many datagrams were sent, or -1.
int clinux_send_messages(int socket, struct clinux_message *messages, unsigned count);

/// Takes the next report of a datagram that could not be delivered, and puts where it was going
/// into `target`; returns the error number, 0 when there is no report.
int clinux_next_delivery_error(int socket, struct sockaddr_in6 *target);

static inline void clinux_fd_zero(fd_set *set) { FD_ZERO(set); }
static inline void clinux_fd_set(int descriptor, fd_set *set) { FD_SET(descriptor, set); }
static inline void clinux_fd_clear(int descriptor, fd_set *set) { FD_CLR(descriptor, set); }
static inline bool clinux_fd_is_set(int descriptor, const fd_set *set) {
  return FD_ISSET(descriptor, set);
}
