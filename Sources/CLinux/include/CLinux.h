// SPDX-License-Identifier: Apache-2.0
// What the Glibc overlay hides from Swift.
#pragma once
#include <sys/epoll.h>
#include <sys/socket.h>
#include "ByteSearch.h"
