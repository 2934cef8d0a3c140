#!/bin/sh
# run.sh BINARY [SUITE ...] - starts the server on free ports, drives it with each
# client, stops it. The last line is `N passed, N failed`.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh BINARY [SUITE ...]" >&2; exit 2; }
FERMATA_BINARY=$(realpath "$1")
export FERMATA_BINARY
shift
cd "$(dirname "$0")"
./setup.sh

work=$(mktemp -d)
server=
: >"$work/ready"
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

"$FERMATA_BINARY" serve ${FERMATA_SERVE:-} --grpc 127.0.0.1:0 --http 127.0.0.1:0 --data "$work/data" \
    >"$work/ready" 2>"$work/log" &
server=$!
tries=0
until grep -q '^ready ' "$work/ready"; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "not ok the server starts - $(cat "$work/log")"
        echo "0 passed, 1 failed"
        exit 1
    fi
    sleep 0.05
done
FERMATA_GRPC=$(sed -n 's/^ready grpc=\([^ ]*\).*/\1/p' "$work/ready")
FERMATA_HTTP=$(sed -n 's/^ready .*http=\([^ ]*\).*/\1/p' "$work/ready")
export FERMATA_GRPC FERMATA_HTTP

[ $# -gt 0 ] || set -- sdk zeebe-node zbctl pyzeebe oca models hostile cli desk tools texts pressure abuse rest orchestration connectors view client kill rest-pg view-pg postgres
for suite in "$@"; do
    status=0
    : >"$work/out"
    # A suite whose servers have their history in PostgreSQL.
    script=${suite%-pg}.mjs
    around=
    [ "$suite" = "${suite%-pg}" ] && [ "$suite" != postgres ] || around=../postgres.sh
    if [ "$suite" = pyzeebe ] || [ "$suite" = orchestration ]; then
        timeout 300 venv/bin/python "${suite}_suite.py" >"$work/out" 2>"$work/err" || status=$?
    else
        timeout 300 $around node "$script" >"$work/out" 2>"$work/err" || status=$?
    fi
    cat "$work/out"
    # A suite that ends badly without naming a test, or that tests nothing, has failed.
    if ! grep -q '^not ok ' "$work/out" &&
        { [ $status -ne 0 ] || ! grep -q '^ok ' "$work/out"; }; then
        echo "not ok $suite: ran to its end - exit code $status: $(tail -n 3 "$work/err" | tr '\n' ' ')" |
            tee -a "$work/out"
    fi
    cat "$work/out" >>"$work/all"
done

# It must still be there, and end well when it is asked to.
status=0
kill "$server" 2>/dev/null && wait "$server" || status=$?
server=
if [ $status -eq 0 ]; then
    echo "ok the server outlives them all and ends well"
else
    echo "not ok the server outlives them all and ends well - exit code $status: $(tail -n 3 "$work/log" | tr '\n' ' ')"
fi | tee -a "$work/all"

passed=$(grep -c '^ok ' "$work/all" || true)
failed=$(grep -c '^not ok ' "$work/all" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
