#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the build needs and is missing, builds .build/release/pnprun, says how to run it.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v swift >/dev/null; then
  echo "setup: Swift 6.3 is missing; install it as https://www.swift.org/install/linux says" >&2
  exit 1
fi
if ! pkg-config --exists yaml-0.1 2>/dev/null; then
  scripts/install.sh libyaml-dev pkg-config
fi
scripts/release.sh
echo
echo "Built .build/release/pnprun. A first exercise, and a client for it in a second terminal:"
echo "  .build/release/pnprun protocols/bingo.yaml --role server"
echo "  .build/release/pnprun protocols/bingo.yaml --role client"
