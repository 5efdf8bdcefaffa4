#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Modules import only what the table below allows; ARCHITECTURE.md shows the same table.
set -euo pipefail
cd "$(dirname "$0")/../.."

# First match wins: a path prefix, then the modules that files below it may import.
table='
Sources/ProtocolSpec/YAML/EventReader.swift  CYaml
Sources/ProtocolSpec/
Sources/Engine/Net/                          ProtocolSpec CLinux Glibc Synchronization
Sources/Engine/                              ProtocolSpec CLinux
Sources/Exercises/                           Engine
Sources/Conformance/Target/                  Engine ProtocolSpec CProcess Glibc Synchronization
Sources/Conformance/                         Engine ProtocolSpec Synchronization
Sources/PnprunKit/                           Engine Conformance ProtocolSpec ArgumentParser Glibc Synchronization
Sources/pnprun/                              PnprunKit Exercises Engine
'

faults=0
while IFS=: read -r file line text; do
  module=$(sed -E 's/^ *(@[a-z_]+ +)*((public|package|internal|private|fileprivate) +)?import +//' \
    <<<"$text" | sed -E 's/^(struct|class|enum|func|protocol|var|typealias) +//; s/[. /].*//')
  allowed="none: the table in scripts/check/imports.sh has no line for this folder"
  while read -r prefix modules; do
    [[ -n $prefix && $file == "$prefix"* ]] && allowed=$modules && break
  done <<<"$table"
  if [[ " $allowed " != *" $module "* ]]; then
    echo "$file:$line: may not import $module (allowed here: ${allowed:-nothing})" >&2
    faults=1
  fi
done < <(git grep -nE '^ *(@[a-z_]+ +)*((public|package|internal|private|fileprivate) +)?import ' \
  -- 'Sources/*.swift' || true)
exit "$faults"
