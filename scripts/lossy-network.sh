#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs protocols over UDP, both roles and against programs of others, in a network of its own that
# drops every fifth datagram: they must still come to their end.
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
  scripts/install.sh iproute2 nftables tftp-hpa tftpd-hpa || exit 2
  exec unshare --net "$0" --inside
fi

ip link set lo up || exit 2
# tftpd-hpa listens only where there is an address that is not 127.0.0.1.
ip address add 192.0.2.1/32 dev lo || exit 2
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

# tftp-hpa repeats after 5 seconds unless told otherwise. That would be every fifth datagram, with
# four of our server's between, and so always the one that is lost; curl cannot be told.
tftp_client() {
  serve real/tftp || return
  head -c 3001 /dev/urandom > "$scratch/there"
  printf '%s\n' binary 'rexmt 1' 'timeout 60' "put $scratch/there a" "get a $scratch/back" quit \
    | timeout 90 tftp 127.0.0.1 "$port" || return
  cmp "$scratch/there" "$scratch/back"
}

tftp_server() {
  local tries files=$scratch/files
  port=6969
  mkdir "$files"
  head -c 3000 /dev/zero | tr '\0' a > "$files/there"
  chmod -R a+rwX "$scratch"
  /usr/sbin/in.tftpd --listen --foreground --address "127.0.0.1:$port" --user "$(id -un)" \
    --create --secure "$files" 2> "$scratch/log" &
  server=$!
  for tries in $(seq 100); do
    grep -q "0100007F:$(printf %04X "$port") " /proc/net/udp && break
    sleep 0.05
  done
  [[ "$(printf '%s\n' read there | client real/tftp)" == *"3000 bytes"* ]] || return
  printf '%s\n' write new "$(cat "$files/there")" | client real/tftp || return
  cmp "$files/there" "$files/new"
}

# The server tells the time again and again; a client hears it in spite of what is lost.
heartbeat() {
  serve udpheartbeat --set server_interval=100ms || return
  timeout 5 "$pnprun" protocols/udpheartbeat.yaml --role client --host 127.0.0.1 --port "$port" \
    --set client_interval=200ms > "$scratch/clock" 2>> "$scratch/log"
  [ "$(wc -l < "$scratch/clock")" -ge 10 ]
}

failures=0
for name in openport heartbeat tftp tftp_client tftp_server; do
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
