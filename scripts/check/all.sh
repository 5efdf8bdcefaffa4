#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every check of this folder, one line for each; the output of a failed one follows it.
set -uo pipefail
cd "$(dirname "$0")"

failed=0
for check in *.sh; do
  [[ $check == all.sh ]] && continue
  if output=$("./$check" 2>&1); then
    echo "ok      ${check%.sh}"
  else
    echo "FAILED  ${check%.sh}"
    sed 's/^/          /' <<<"$output"
    failed=1
  fi
done
exit "$failed"
