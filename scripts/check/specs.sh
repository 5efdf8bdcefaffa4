#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The shipped protocols, and those of the benchmarks, pass `pnprun check`.
set -euo pipefail
cd "$(dirname "$0")/../.."

for pnprun in .build/release/pnprun .build/debug/pnprun; do
  if [[ -x $pnprun ]]; then
    exec "$pnprun" check protocols Benchmarks/protocols
  fi
done
echo "specs: no pnprun is built; run  swift build  first" >&2
exit 1
