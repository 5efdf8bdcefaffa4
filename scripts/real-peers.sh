#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Talks with servers and clients that others have written: each shipped real protocol, both roles.
# Prints a row for each exchange; the status is 1 when one of them fails.
#
#   scripts/real-peers.sh            every exchange
#   scripts/real-peers.sh http       those whose name contains a word
#
# To add one, write a function `peer_PROTOCOL_NAME` that fails when the exchange does, and describe
# it in a comment `#: …` above it. `serve` starts our server, `start` somebody else's; both set `port`.
set -uo pipefail
cd "$(dirname "$0")/.."

pnprun=${PNPRUN:-.build/release/pnprun}
[ -x "$pnprun" ] || pnprun=.build/debug/pnprun
[ -x "$pnprun" ] || { echo "build first: scripts/setup.sh" >&2; exit 2; }

scratch=$(mktemp -d)
server=
trap 'stop; rm -rf "$scratch"' EXIT

stop() {
  [ -n "$server" ] || return 0
  kill "$server" 2> /dev/null
  wait "$server" 2> /dev/null
  server=
}

# Waits until a command succeeds, at most ten seconds.
until_ready() {
  local tries
  for tries in $(seq 200); do
    "$@" && return 0
    kill -0 "$server" 2> /dev/null || return 1
    sleep 0.05
  done
  return 1
}

is_listening() { (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; }
takes_datagrams() { grep -q "0100007F:$(printf %04X "$port") " /proc/net/udp; }
# Whether the server at `port` has so many connections.
connections() {
  [ "$(grep -c "0100007F:$(printf %04X "$port") 0100007F:[0-9A-F]* 01" /proc/net/tcp)" -eq "$1" ]
}
has_port() { port=$(sed -n 's/.*listens on 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$dir/log"); [ -n "$port" ]; }

# Our server of a protocol, on a port of its own.
serve() {
  local file=protocols/real/$1.yaml
  [ -e "$file" ] || file=protocols/$1.yaml
  shift
  "$pnprun" "$file" --role server --port 0 "$@" > "$dir/screen" 2> "$dir/log" &
  server=$!
  until_ready has_port
}

# Somebody else's server; the command gets its port from `port`.
start() { launch is_listening "$@"; }
start_datagrams() { launch takes_datagrams "$@"; }

launch() {
  local is_there=$1
  shift
  (cd "$dir" && exec "$@") > "$dir/screen" 2> "$dir/log" &
  server=$!
  until_ready "$is_there"
}

choose_port() {
  port=$(/usr/bin/python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
}

# Our client of a protocol, with what the person types; prints its screen.
client() {
  local protocol=$1
  shift
  printf '%s\n' "$@" | timeout 20 "$pnprun" "protocols/real/$protocol.yaml" --role client \
    --host 127.0.0.1 --port "$port" 2>> "$dir/log"
}

# Compares two texts.
same() {
  [ "$1" = "$2" ] && return
  printf 'expected: %s\ngot:      %s\n' "$1" "$2" >> "$dir/log"
  return 1
}

contains() {
  [[ "$1" == *"$2"* ]] && return
  printf 'expected: %s\nin:       %s\n' "$2" "$1" >> "$dir/log"
  return 1
}

#: our server, curl: GET, HEAD, POST with a length and in chunks, two on one connection
peer_http_curl() {
  serve http || return
  local url=http://127.0.0.1:$port
  same "It works!" "$(curl -sS "$url/")" || return
  contains "$(curl -sSI "$url/")" "Content-Length: 9" || return
  same stored "$(curl -sS -d hello "$url/a")" || return
  same hello "$(curl -sS "$url/a")" || return
  same stored "$(printf 'in chunks' | curl -sS -T - -X POST "$url/b")" || return
  same "in chunks" "$(curl -sS "$url/b")" || return
  same "in pieces" "$(curl -sS "$url/pieces")" || return
  same 404 "$(curl -sS -o /dev/null -w '%{http_code}' "$url/nothing")" || return
  same 501 "$(curl -sS -o /dev/null -w '%{http_code}' -X DELETE "$url/a")" || return
  same "1 0" "$(curl -sS -o /dev/null -o /dev/null -w '%{num_connects} ' "$url/" "$url/a" | xargs)"
}

#: our server, wrk: 50 connections for a second, none broken off
peer_http_wrk() {
  serve http || return
  local report
  report=$(wrk -t1 -c50 -d1s "http://127.0.0.1:$port/") || return
  printf '%s\n' "$report" >> "$dir/log"
  contains "$report" "requests in" && [[ "$report" != *"Socket errors"* && "$report" != *Non-2xx* ]]
}

#: our server, wrk: 50 connections for a second, each with one request; the requests are counted
peer_helloselect_wrk() {
  serve helloselect || return
  local report
  report=$(wrk -t1 -c50 -d1s "http://127.0.0.1:$port/") || return
  printf '%s\n' "$report" >> "$dir/log"
  local requests
  requests=$(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' <<< "$report")
  [ "${requests:-0}" -gt 50 ] && [[ "$report" != *Non-2xx* ]] || return
  contains "$(curl -sS "http://127.0.0.1:$port/")" "Total " || return
  local total
  total=$(curl -sS "http://127.0.0.1:$port/" | sed 's/Total //')
  [ "$total" -gt "$requests" ]
}

#: our client, nginx: GET, HEAD, a page that is not there, POST that is not allowed
peer_http_nginx() {
  choose_port
  mkdir "$dir/pages"
  printf 'hello from nginx' > "$dir/pages/index.html"
  cat > "$dir/nginx.conf" << CONF
daemon off;
pid $dir/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path $dir; proxy_temp_path $dir; fastcgi_temp_path $dir;
  uwsgi_temp_path $dir; scgi_temp_path $dir;
  server { listen 127.0.0.1:$port; root $dir/pages; default_type text/plain; }
}
CONF
  start /usr/sbin/nginx -e stderr -p "$dir" -c "$dir/nginx.conf" || return
  chmod -R a+rX "$dir" "$scratch"
  contains "$(client http GET /)" "hello from nginx" || return
  contains "$(client http HEAD /)" "16 bytes" || return
  contains "$(client http GET /nothing)" "404 Not Found" || return
  contains "$(client http POST / text)" "405 Not Allowed"
}

#: our server, pymemcache: set, get, several keys, add, replace, incr, delete, binary values
peer_memcached_pymemcache() {
  serve memcached || return
  /usr/bin/python3 - "$port" 2>> "$dir/log" << 'PYTHON'
import sys
from pymemcache.client.base import Client

c = Client(("127.0.0.1", int(sys.argv[1])), timeout=10, connect_timeout=10)
assert c.set("a", b"1", noreply=False)
assert c.set("b", b"\x00\r\nEND\r\n\xff")
assert c.get("a") == b"1"
assert c.get_many(["a", "nothing", "b"]) == {"a": b"1", "b": b"\x00\r\nEND\r\n\xff"}
assert c.get("nothing") is None
assert not c.add("a", b"2", noreply=False)
assert c.replace("a", b"41", noreply=False)
assert c.incr("a", 1) == 42
assert c.delete("a", noreply=False) and not c.delete("a", noreply=False)
assert c.version() == b"pnprun"
assert c.set("large", b"x" * 1_000_000, noreply=False)
assert c.get("large") == b"x" * 1_000_000
assert c.flush_all(noreply=False) and c.get("b") is None
c.quit()
PYTHON
}

#: our client, memcached: set and get
peer_memcached_memcached() {
  choose_port
  local user=()
  [ "$(id -u)" -eq 0 ] && user=(-u nobody)
  start /usr/bin/memcached "${user[@]}" -l 127.0.0.1 -p "$port" -U 0 || return
  contains "$(client memcached key 'two words')" "key = two words"
}

#: our server, redis-cli: PING, SET, GET, INCR, lists, errors
peer_redis_cli() {
  serve redis || return
  local reply
  reply=$(printf '%s\n' 'ping' 'SET a "two words"' 'GET a' 'GET nothing' 'INCR n' 'INCRBY n 41' \
    'RPUSH l a b c' 'LRANGE l 0 -1' 'LPOP l' 'GET l' 'bogus' \
    | timeout 20 redis-cli --no-raw -p "$port" 2>> "$dir/log")
  same "PONG
OK
\"two words\"
(nil)
(integer) 1
(integer) 42
(integer) 3
1) \"a\"
2) \"b\"
3) \"c\"
\"a\"
(error) WRONGTYPE Operation against a key holding the wrong kind of value
(error) ERR unknown command 'BOGUS'" "$(grep . <<< "$reply")"
}

#: our server, python3-redis: binary and large values, a pipeline of a thousand commands
peer_redis_python() {
  serve redis || return
  /usr/bin/python3 - "$port" 2>> "$dir/log" << 'PYTHON'
import sys
import redis

r = redis.Redis(port=int(sys.argv[1]), socket_timeout=10)
assert r.ping() and r.echo("hi") == b"hi"
assert r.set("a", b"\x00\r\n\xff") and r.get("a") == b"\x00\r\n\xff" and r.get("b") is None
assert r.incrby("n", 41) == 41 and r.incr("n") == 42 and r.decr("n") == 41
assert r.rpush("l", "b", "c") == 2 and r.lpush("l", "a") == 3 and r.llen("l") == 3
assert r.lrange("l", -2, -1) == [b"b", b"c"] and r.lrange("l", 5, 9) == []
assert r.lpop("l") == b"a" and r.rpop("l") == b"c" and r.type("l") == b"list"
assert r.exists("a", "l", "b") == 2 and r.delete("a", "l", "b") == 2
pipeline = r.pipeline(transaction=False)
for number in range(1000):
    pipeline.set(f"key{number}", number)
assert pipeline.execute() == [True] * 1000
assert r.set("large", b"x" * 3_000_000) and r.get("large") == b"x" * 3_000_000
PYTHON
}

#: our server, redis-benchmark: 20 connections, 8 commands at once on each
peer_redis_benchmark() {
  serve redis || return
  local report
  report=$(timeout 60 redis-benchmark -h 127.0.0.1 -p "$port" -q -n 2000 -c 20 -P 8 -t set,get,incr 2>&1)
  printf '%s\n' "$report" | tr '\r' '\n' | grep 'per second' >> "$dir/log"
  contains "$report" "SET:" && contains "$report" "GET:" && contains "$report" "INCR:" \
    && [[ "$report" != *Error* ]]
}

#: our client, redis-server: PING, SET, GET, INCR, lists, arrays within arrays, errors
peer_redis_server() {
  choose_port
  start /usr/bin/redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no || return
  same "PONG
OK
1
(error) ERR value is not an integer or out of range
2
a
b
1
[2, [3]]
x
(nil)" "$(client redis PING 'SET a b' 'INCR n' 'INCR a' 'RPUSH l a b' 'LRANGE l 0 -1' \
    "EVAL return{1,{2,{3}},'x',false} 0")"
}

#: our server, swaks: one mail with a line of a single dot
peer_smtp_swaks() {
  serve smtp || return
  timeout 20 swaks --server 127.0.0.1 --port "$port" --from ana@example.org --to bora@example.org \
    --body $'first\n.\n..last' >> "$dir/log" 2>&1 || return
  until_ready grep -q "ana@example.org to bora@example.org" "$dir/screen"
}

#: our server, Python's smtplib: several receivers, two mails on one connection
peer_smtp_smtplib() {
  serve smtp || return
  /usr/bin/python3 - "$port" 2>> "$dir/log" << 'PYTHON' || return
import smtplib, sys

with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=10) as s:
    assert s.ehlo()[0] == 250 and s.has_extn("pipelining")
    assert s.sendmail("a@b.c", ["x@y.z", "u@v.w"], "Subject: 1\r\n\r\n.\r\n..\r\n") == {}
    assert s.sendmail("a@b.c", ["x@y.z"], "Subject: 2\r\n\r\nsecond\r\n") == {}
    assert s.verify("x")[0] == 252 and s.noop()[0] == 250
PYTHON
  until_ready grep -q "a@b.c to x@y.z u@v.w: 19" "$dir/screen"
}

#: our client, aiosmtpd: one mail
peer_smtp_aiosmtpd() {
  choose_port
  start /usr/bin/python3 -u -m aiosmtpd -n -c aiosmtpd.handlers.Debugging stdout \
    -l "127.0.0.1:$port" || return
  contains "$(client smtp ana@example.org bora@example.org hi '.hidden')" "250 OK" || return
  until_ready grep -qx '\.hidden' "$dir/screen"
}

#: our server, dig: A, AAAA, MX, TXT, a name that is not there, an EDNS record that is ignored
peer_dns_dig() {
  serve dns || return
  local ask=(timeout 20 dig @127.0.0.1 -p "$port" +tries=2 +time=2)
  same 192.0.2.1 "$("${ask[@]}" +short example.com A)" || return
  same 2001:db8::1 "$("${ask[@]}" +short EXAMPLE.com AAAA)" || return
  same "10 mail.example.com." "$("${ask[@]}" +short example.com MX)" || return
  same '"v=spf1 mx -all" "second"' "$("${ask[@]}" +short example.com TXT)" || return
  contains "$("${ask[@]}" nowhere.example.com)" "status: NXDOMAIN" || return
  contains "$("${ask[@]}" mail.example.com MX)" "status: NOERROR"
}

#: our server over TCP, dig: two questions
peer_dns_tcp() {
  serve dns --framing "length u16" || return
  local ask=(timeout 20 dig @127.0.0.1 -p "$port" +tcp +tries=1 +short example.com)
  same 192.0.2.1 "$("${ask[@]}" A)" || return
  same "10 mail.example.com." "$("${ask[@]}" MX)"
}

#: our server over UDP and TCP, dig: an answer that is too long for a datagram
peer_dns_truncated() {
  serve dns --framing "length u16" --set largest=65535 || return
  local ask=(timeout 20 dig @127.0.0.1 -p "$port" +tries=2 +time=2 many.example.com A) udp result
  "$pnprun" protocols/real/dns.yaml --role server --port "$port" 2>> "$dir/log" &
  udp=$!
  until_ready takes_datagrams && contains "$("${ask[@]}" +ignore)" "flags: qr aa tc" \
    && contains "$("${ask[@]}")" "ANSWER: 50,"
  result=$?
  kill "$udp"
  wait "$udp" 2> /dev/null
  return "$result"
}

#: our client, dnsmasq: A, AAAA, MX (with compressed names), TXT, a name that is not there
peer_dns_dnsmasq() {
  choose_port
  start /usr/sbin/dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts \
    --bind-interfaces --listen-address=127.0.0.1 --port="$port" --pid-file= --user= --log-facility=- \
    --address=/www.example.org/192.0.2.7 --address=/www.example.org/2001:db8::7 \
    --mx-host=example.org,mail.example.org,5 --txt-record=example.org,one,two --local=/org/ || return
  contains "$(client dns www.example.org A)" 192.0.2.7 || return
  contains "$(client dns www.example.org AAAA)" 2001:db8::7 || return
  contains "$(client dns example.org MX)" "5 mail.example.org" || return
  contains "$(client dns example.org TXT)" "one two" || return
  contains "$(client dns nowhere.org A)" "no answer, code 3"
}

#: our server, mosquitto_sub and mosquitto_pub: QoS 0 and 1, wildcards, a message that is kept
peer_mqtt_mosquitto_clients() {
  serve mqtt || return
  local to=(-h 127.0.0.1 -p "$port" -V 311)
  timeout 20 mosquitto_sub "${to[@]}" -v -q 1 -t 'home/+/heat' -t 'log/#' -C 3 > "$dir/heard" \
    2>> "$dir/log" &
  local subscriber=$!
  timeout 20 mosquitto_pub "${to[@]}" -r -t home/hall/heat -m 21 2>> "$dir/log" || return
  until_ready grep -q 'home/hall/heat 21' "$dir/heard" || return
  timeout 20 mosquitto_pub "${to[@]}" -t home/hall/light -m on 2>> "$dir/log" || return
  timeout 20 mosquitto_pub "${to[@]}" -q 1 -t log/a/b -m x 2>> "$dir/log" || return
  timeout 20 mosquitto_pub "${to[@]}" -q 1 -t log -m y 2>> "$dir/log" || return
  wait "$subscriber" || return
  same $'home/hall/heat 21\nlog/a/b x\nlog y' "$(cat "$dir/heard")"
}

#: our server, mosquitto_sub: one that is stopped loses its connection, one that pings keeps it
peer_mqtt_keep_alive() {
  serve mqtt || return
  local to=(-h 127.0.0.1 -p "$port" -V 311) result=0
  timeout 30 mosquitto_sub "${to[@]}" -k 5 -i bora -t news -C 1 > "$dir/heard" 2>> "$dir/log" &
  local subscriber=$!
  mosquitto_sub "${to[@]}" -k 5 -i ana -t news >> "$dir/log" 2>&1 &
  local silent=$!
  until_ready connections 2 && kill -STOP "$silent"
  until_ready grep -q 'ana has fallen silent' "$dir/screen" && connections 1 || result=1
  kill -KILL "$silent"
  wait "$silent" 2> /dev/null
  timeout 20 mosquitto_pub "${to[@]}" -t news -m late 2>> "$dir/log" || result=1
  wait "$subscriber" || result=1
  same late "$(cat "$dir/heard")" && ! grep bora "$dir/screen" && return "$result"
}

#: our client, mosquitto: publishes with QoS 1, subscribes with a wildcard
peer_mqtt_mosquitto() {
  choose_port
  start /usr/sbin/mosquitto -p "$port" || return
  client mqtt subscribe 'home/#' 1 > "$dir/heard" &
  local subscriber=$!
  until_ready grep -q subscribed "$dir/heard" || return
  contains "$(client mqtt publish home/hall 'two words')" published || return
  wait "$subscriber" || return
  contains "$(cat "$dir/heard")" "home/hall: two words"
}

#: our server, tftp: a file of 100 blocks and one byte, written and read back; one that is not there
peer_tftp_tftp() {
  serve tftp || return
  head -c 51201 /dev/urandom > "$dir/there"
  timeout 30 tftp -m binary 127.0.0.1 "$port" -c put "$dir/there" large >> "$dir/log" 2>&1 || return
  until_ready grep -q 'large: 51201 bytes' "$dir/screen" || return
  timeout 30 tftp -m binary 127.0.0.1 "$port" -c get large "$dir/back" >> "$dir/log" 2>&1 || return
  cmp "$dir/there" "$dir/back" >> "$dir/log" || return
  contains "$(timeout 30 tftp -m binary 127.0.0.1 "$port" -c get nothing "$dir/no" 2>&1)" "not found"
}

#: our server, curl: a file of 100 blocks, written and read back; one that is not there
peer_tftp_curl() {
  serve tftp || return
  head -c 51200 /dev/urandom > "$dir/there"
  local url=tftp://127.0.0.1:$port
  timeout 30 curl -sS -T "$dir/there" "$url/large" 2>> "$dir/log" || return
  timeout 30 curl -sS -o "$dir/back" "$url/large" 2>> "$dir/log" || return
  cmp "$dir/there" "$dir/back" >> "$dir/log" || return
  timeout 30 curl -s "$url/nothing"
  same 68 "$?"
}

#: our client, tftpd-hpa: reads 3 and 100 blocks, writes a file, asks for one that is not there
peer_tftp_tftpd() {
  choose_port
  head -c 1200 /dev/urandom > "$dir/small"
  head -c 51200 /dev/urandom > "$dir/large"
  chmod -R a+rwX "$dir" "$scratch"
  start_datagrams /usr/sbin/in.tftpd --listen --foreground --address "127.0.0.1:$port" \
    --user "$(id -un)" --create --secure "$dir" || return
  contains "$(client tftp read small)" "1200 bytes" || return
  contains "$(client tftp read large)" "51200 bytes" || return
  contains "$(client tftp write new 'some words')" written || return
  same 'some words' "$(cat "$dir/new")" || return
  client tftp read nothing >> "$dir/log"
  contains "$(cat "$dir/log")" "the server says: File not found"
}

scripts/install.sh curl wrk nginx-light memcached python3-pymemcache redis-server \
  redis-tools python3-redis swaks python3-aiosmtpd bind9-dnsutils dnsmasq-base mosquitto \
  mosquitto-clients tftp-hpa tftpd-hpa || exit 2
failures=0
for name in $(declare -F | sed -n 's/^declare -f peer_//p'); do
  [[ "$name" == *"${1:-}"* ]] || continue
  what=$(grep -B1 "^peer_$name()" "$0" | sed -n 's/^#: //p')
  dir=$scratch/$name
  mkdir "$dir"
  : > "$dir/log"
  if "peer_$name"; then
    result=ok
  else
    result=FAILED
    failures=$((failures + 1))
  fi
  stop
  printf '%-6s  %-10s  %s\n' "$result" "${name%%_*}" "$what"
  [ "$result" = ok ] || sed 's/^/        /' "$dir/log" | tail -20
done
exit $((failures > 0))
