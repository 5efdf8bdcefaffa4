#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs both roles of protocols over UDP in a network of its own that drops every fifth datagram: they
# must still come to their end.
set -uo pipefail
cd "$(dirname "$0")/.."

pnprun=${PNPRUN:-.build/release/pnprun}
[ -x "$pnprun" ] || pnprun=.build/debug/pnprun
[ -x "$pnprun" ] || { echo "build first: scripts/setup.sh" >&2; exit 2; }

if [ "${1:-}" != --inside ]; then
  if ! unshare --net true 2> /dev/null; then
    echo "skipped: no namespaces"
    exit 0
  fi
  scripts/install.sh iproute2 nftables || exit 2
  exec unshare --net "$0" --inside
fi

ip link set lo up || exit 2
nft -f - << 'RULES' || exit 2
table inet loss {
  chain input {
    type filter hook input priority 0;
    meta l4proto udp numgen inc mod 5 == 4 drop
  }
}
RULES

scratch=$(mktemp -d)
server=
trap 'stop; rm -rf "$scratch"' EXIT

stop() {
  [ -n "$server" ] || return 0
  kill "$server" 2> /dev/null
  wait "$server" 2> /dev/null
  server=
}

# Starts our server of a protocol and waits for its port.
serve() {
  local protocol=$1 tries
  shift
  "$pnprun" "protocols/$protocol.yaml" --role server --port 0 "$@" > "$scratch/screen" 2> "$scratch/log" &
  server=$!
  for tries in $(seq 200); do
    port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$scratch/log" | head -1)
    [ -n "$port" ] && return 0
    sleep 0.05
  done
  return 1
}

client() {
  timeout 60 "$pnprun" "protocols/$1.yaml" --role client --host 127.0.0.1 --port "$port" \
    2>> "$scratch/log"
}

openport() {
  local turn
  serve udpopenport || return
  for turn in 1 2 3; do client udpopenport < /dev/null > /dev/null || return; done
}

tftp() {
  serve real/tftp || return
  printf '%s\n' write new "$(head -c 3000 /dev/zero | tr '\0' a)" | client real/tftp || return
  [[ "$(printf '%s\n' read new | client real/tftp)" == *"3000 bytes"* ]]
}

# The server tells the time again and again; a client hears it in spite of what is lost.
heartbeat() {
  serve udpheartbeat --set server_interval=100ms || return
  timeout 5 "$pnprun" protocols/udpheartbeat.yaml --role client --host 127.0.0.1 --port "$port" \
    --set client_interval=200ms > "$scratch/clock" 2>> "$scratch/log"
  [ "$(wc -l < "$scratch/clock")" -ge 10 ]
}

failures=0
for name in openport heartbeat tftp; do
  if "$name" > "$scratch/$name" 2>&1; then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    sed 's/^/        /' "$scratch/$name" "$scratch/log" | tail -10
    failures=$((failures + 1))
  fi
  stop
done
exit $((failures > 0))
