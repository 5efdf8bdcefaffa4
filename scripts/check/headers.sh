#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every source file names its licence in its first three lines.
set -euo pipefail
cd "$(dirname "$0")/../.."

faults=0
while IFS= read -r file; do
  if ! head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0$'; then
    echo "$file: the line  SPDX-License-Identifier: Apache-2.0  is missing at its top" >&2
    faults=1
  fi
done < <(git ls-files -- '*.swift' '*.c' '*.h' '*.py' '*.pl' '*.java' '*.sh' '*.modulemap' \
  Benchmarks/run Benchmarks/instructions scripts/corpus scripts/self-test .ci/run)
exit "$faults"
