// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/// The offset of the first `byte` in `[start, count)` of the bytes, or -1.
static inline long pnprun_find_byte(const void *bytes, long start, long count, uint8_t byte) {
  if (bytes == NULL || start >= count) return -1;
  const void *found = memchr((const char *)bytes + start, byte, (size_t)(count - start));
  return found == NULL ? -1 : (long)((const char *)found - (const char *)bytes);
}

/// Whether two stretches of `count` bytes are the same.
static inline bool pnprun_equal_bytes(const void *left, const void *right, long count) {
  return count == 0 || memcmp(left, right, (size_t)count) == 0;
}
