#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests; arguments go to `swift test`, such as  --filter EngineTests
set -euo pipefail
cd "$(dirname "$0")/.."

# All tests use Swift Testing; without the flag an empty XCTest run is reported as well.
exec swift test --disable-xctest "$@"
