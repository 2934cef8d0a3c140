#!/bin/sh
# postgres.sh COMMAND [ARG ...] - runs the command with a PostgreSQL server of its own:
# made in a temporary folder by a user without privileges, on a free port of this machine
# alone, and stopped at the end. FERMATA_POSTGRES is its URL, FERMATA_POSTGRES_CONTROL a
# program that stops and starts it (`stop`, `start`, `kill`).
set -eu
[ $# -ge 1 ] || { echo "usage: postgres.sh COMMAND [ARG ...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)

bin_find() {
    for bin in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
        [ -x "$bin/initdb" ] && { echo "$bin"; return; }
    done
    dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null || true
}
bin=$(bin_find)
[ -x "$bin/initdb" ] || { "$here/../tools/install" test >&2; bin=$(bin_find); }
[ -x "$bin/initdb" ] || { echo "no PostgreSQL server: its initdb is not found" >&2; exit 1; }

# It refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    as="setpriv --reuid=$user --regid=$(id -g $user) --clear-groups"
fi

work=$(mktemp -d /tmp/fermata-postgres-XXXXXX)
[ -z "$as" ] || chown "$user" "$work"
chmod 755 "$work"
finish() {
    "$work/control" stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

port_free() {
    python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}
port=$(port_free)

(cd "$work" && $as env HOME="$work" LC_ALL=C "$bin/initdb" -D "$work/data" -U fermata -A trust -E UTF8 \
    --locale=C.UTF-8 --no-sync >"$work/initdb.log" 2>&1) ||
    { cat "$work/initdb.log" >&2; exit 1; }
cat >>"$work/data/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
shared_buffers = 64MB
max_wal_size = 1GB
fsync = ${FERMATA_POSTGRES_FSYNC:-off}
END

cat >"$work/control" <<END
#!/bin/sh
cd "$work"
case \$1 in
start) exec $as "$bin/pg_ctl" -D "$work/data" -w -t 60 -l "$work/server.log" start >/dev/null 2>&1 ;;
stop) exec $as "$bin/pg_ctl" -D "$work/data" -w -m fast stop ;;
kill) exec $as "$bin/pg_ctl" -D "$work/data" -w -m immediate stop ;;
*) echo "start, stop or kill" >&2; exit 2 ;;
esac
END
chmod 755 "$work/control"
"$work/control" start || { cat "$work/server.log" >&2; exit 1; }

FERMATA_POSTGRES=postgres://fermata@127.0.0.1:$port/postgres
FERMATA_POSTGRES_CONTROL=$work/control
export FERMATA_POSTGRES FERMATA_POSTGRES_CONTROL
status=0
"$@" || status=$?
exit $status
