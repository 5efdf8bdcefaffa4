#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests; arguments go to `swift test`, such as  --filter EngineTests
set -euo pipefail
cd "$(dirname "$0")/.."

# netcat, telnet, curl and Python stand for other people's programs in the tests.
# xmllint and jsonschema validate the reports.
if command -v dpkg-query >/dev/null; then
  scripts/install.sh \
    libyaml-dev pkg-config netcat-openbsd telnet python3 python3-jsonschema curl libxml2-utils
fi

# All tests use Swift Testing; without the flag an empty XCTest run is reported as well.
exec swift test --disable-xctest "$@"
