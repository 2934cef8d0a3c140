#!/bin/sh
# run.sh BINARY [SUITE ...] - the web pages in a real browser against the real binary: `pages`, one
# journey a page, and `access`, what everybody needs. The last line is `N passed, N failed`.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh BINARY [SUITE ...]" >&2; exit 2; }
FERMATA_BINARY=$(realpath "$1")
export FERMATA_BINARY
shift
cd "$(dirname "$0")"

stamp=node_modules/.fermata-stamp
sum=$(sha256sum <package-lock.json | cut -d' ' -f1)
if [ "$(cat $stamp 2>/dev/null)" != "$sum" ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    echo "$sum" >$stamp
fi

out=$(mktemp)
trap 'rm -f "$out"' EXIT
[ $# -gt 0 ] || set -- types pages access
for suite in "$@"; do
    status=0
    case $suite in
    types) # the sources of the pages say what they mean
        if (cd ../../ui && npx tsc --noEmit) >"$out.types" 2>&1; then echo 'ok ui: the types fit'; else
            echo "not ok ui: the types fit - $(head -n 3 "$out.types" | tr '\n' ' ')"; fi >"$out.one"
        rm -f "$out.types" ;;
    *) timeout 400 node "$suite.mjs" >"$out.one" 2>&1 || status=$? ;;
    esac
    grep -v ' passed, ' "$out.one" || true
    # A suite that ends badly without naming a test, or that tests nothing, has failed.
    if ! grep -q '^not ok ' "$out.one" && { [ $status -ne 0 ] || ! grep -q '^ok ' "$out.one"; }; then
        echo "not ok ui $suite: ran to its end - exit code $status: $(tail -n 3 "$out.one" | tr '\n' ' ')" | tee -a "$out.one"
    fi
    cat "$out.one" >>"$out"
    rm -f "$out.one"
done
passed=$(grep -c '^ok ' "$out" || true)
failed=$(grep -c '^not ok ' "$out" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
