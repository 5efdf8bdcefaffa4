#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Swift files have at most 300 lines, functions at most 60.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Paths that may be longer, each with its reason in a comment above it.
exceptions=()

mapfile -t files < <(git ls-files -- '*.swift')
for exception in "${exceptions[@]}"; do
  mapfile -t files < <(printf '%s\n' "${files[@]}" | grep -vxF -- "$exception")
done

# A function ends at the first line that closes at the indentation of its first one.
awk '
  FNR == 1 { start = 0 }
  FNR == 301 { print FILENAME ":301: the file is longer than 300 lines"; bad = 1 }
  !start && !/\} *$/ &&
  /^ *(@[A-Za-z_]+(\([^)]*\))? +)*([a-z]+(\([a-z]+\))? +)*(func |init[?(<]|deinit )/ {
    start = FNR; match($0, /^ */); indent = RLENGTH; next
  }
  start && /^ *\}/ {
    match($0, /^ */)
    if (RLENGTH != indent || $0 ~ /\{ *$/) next
    if (FNR - start + 1 > 60) {
      print FILENAME ":" start ": the function has " FNR - start + 1 " lines, 60 are allowed"
      bad = 1
    }
    start = 0
  }
  END { exit bad }
' "${files[@]}" >&2 </dev/null
