#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests; arguments go to `swift test`, such as  --filter EngineTests
set -euo pipefail
cd "$(dirname "$0")/.."

# Other people's clients and servers, which ours talk with in the tests.
if ! { command -v nc && command -v telnet && command -v python3; } >/dev/null; then
  scripts/install.sh netcat-openbsd telnet python3
fi

# All tests use Swift Testing; without the flag an empty XCTest run is reported as well.
exec swift test --disable-xctest "$@"
