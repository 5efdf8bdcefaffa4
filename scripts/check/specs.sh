#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The shipped protocols, and those of the benchmarks, pass `pnprun check`.
set -uo pipefail
cd "$(dirname "$0")/../.."

pnprun=$(ls -t .build/release/pnprun .build/debug/pnprun 2>/dev/null | head -n 1)
if [[ -n $pnprun ]]; then
  exec "$pnprun" check protocols protocols/real Benchmarks/protocols
fi
echo "specs: no pnprun is built; run  swift build  first" >&2
exit 1
