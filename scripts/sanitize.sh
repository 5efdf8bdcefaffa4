#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests under the address and then under the thread sanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."

export LSAN_OPTIONS="suppressions=$PWD/scripts/leaks.supp:print_suppressions=0"
export TSAN_OPTIONS="suppressions=$PWD/scripts/races.supp:print_suppressions=0"
# What a browser draws takes long, and says nothing about our memory.
scripts/test.sh --sanitize=address --scratch-path .build-asan --skip BrowserTests "$@"
# A process of the thread sanitizer is larger than the memory that hostile programs are allowed. And
# the tests of `pnprun test` start one whose locks it does not see: see scripts/races.supp.
scripts/test.sh --sanitize=thread --scratch-path .build-tsan \
  --skip BrowserTests --skip HostileProgramTests --skip 'CommandTests\.Test[A-Z][a-z]*Tests' "$@"
