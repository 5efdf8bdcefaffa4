#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes the readers of what others write, with libFuzzer and the address sanitizer:
#   scripts/fuzz.sh [SECONDS]      all targets of Fuzz/ at once, for 60 seconds unless given
# Inputs that reach new code are kept in .build-fuzz/corpus, one that crashes in .build-fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
build=.build-fuzz
sanitizers=-sanitize=fuzzer,address
# Whole stacks, so that the suppression finds the frame that it names.
export ASAN_OPTIONS=malloc_context_size=80
export PNPRUN_FUZZ=1 LSAN_OPTIONS="suppressions=$PWD/scripts/leaks.supp:print_suppressions=0"
targets=(FuzzYAML FuzzExpression FuzzFraming FuzzBinary FuzzComposed)

prepare() {
  local target=$1 corpus=$build/corpus/$1
  # Static libraries, because the package manager insists on a main of its own in executables.
  swift build --quiet --scratch-path "$build" --product "$target" -Xswiftc "$sanitizers"
  # The gold linker warns about each symbol of the sanitizer that it does not export.
  swiftc "$sanitizers" "$build/debug/lib$target.a" -lyaml -o "$build/$target" \
    2> >(grep -v 'Cannot export local symbol' >&2)
  mkdir -p "$corpus"
  if [[ $target == FuzzYAML ]]; then cp protocols/*.yaml protocols/real/*.yaml "$corpus"; fi
  if [[ $target == FuzzComposed ]]; then
    printf '\0s k 2\nab.-1 x\n\0\1+y\nn\n..a\r\n.\r\n\2hi' >"$corpus/parts"
    printf '\1P a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nG b\r\nC: x\r\n\r\n' \
      >"$corpus/headers"
  fi
}

fuzz() {
  local target=$1
  if ! "$build/$target" -max_total_time="$seconds" -max_len=2048 -timeout=10 -verbosity=0 \
    -print_final_stats=1 -artifact_prefix="$build/$target-" "$build/corpus/$target" \
    &>"$build/$target.log"; then
    tail -n 60 "$build/$target.log"
    echo "$target: failed; the input is the newest $build/$target-* file" >&2
    return 1
  fi
  echo "$target: $seconds s, $(sed -n 's/^stat::number_of_executed_units: *//p' \
    "$build/$target.log") inputs, no failure"
}

for target in "${targets[@]}"; do prepare "$target"; done
for target in "${targets[@]}"; do fuzz "$target" & done
for target in "${targets[@]}"; do wait -n; done
