#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every Swift file is formatted as .swift-format says.
set -euo pipefail
cd "$(dirname "$0")/../.."

git ls-files -z -- '*.swift' | xargs -0 --no-run-if-empty swift format lint --strict --parallel || {
  echo "format: run  swift format -i FILE  on the files above" >&2
  exit 1
}
