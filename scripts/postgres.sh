#!/usr/bin/env bash
# A PostgreSQL of our own for tests and measurements, apart from any that runs on the machine.
#   start   makes a cluster in a temporary folder, starts it on a free port, prints its DATABASE_URL
#   url     prints the DATABASE_URL of the one that runs
#   stop    stops it and removes the folder
#   with COMMAND...   starts, runs the command with DATABASE_URL set, stops
# DURABLE=1 keeps every commit on disk, as in operation; without it the cluster is faster and only for tests.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
umask 077
state=.postgres

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

programs() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ ! -x "$found/initdb" ]; then
        scripts/system-packages.sh postgresql >&2
        found=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    fi
    echo "$found"
}

free_port() {
    "$(scripts/python.sh)" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    [ ! -e "$state" ] || stop
    local bin folder port password options
    bin=$(programs)
    port=$(free_port)
    folder=$(mktemp -d "${TMPDIR:-/tmp}/samverkan-postgres.XXXXXX")
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s' "$password" >"$folder/password"
    [ "$(id -u)" -ne 0 ] || chown -R postgres "$folder"
    printf '%s\n%s\n%s\n' "$folder" "$bin" "postgres://samverkan:$password@127.0.0.1:$port/postgres" >"$state"
    chmod 600 "$state"
    as_postgres "$bin/initdb" -D "$folder/data" -U samverkan --pwfile "$folder/password" -A scram-sha-256 \
        -E UTF8 --locale C.UTF-8 >"$folder.log" 2>&1 || { cat "$folder.log" >&2; stop; return 1; }
    rm -f "$folder.log"
    options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder"
    # Tests roll back what they write. A vacuum beside them finds tables empty, and the planner believes it in a test that
    # has filled them since: a question that takes a millisecond has joined everything with everything for 30 s.
    [ -n "${DURABLE:-}" ] ||
        options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
    if ! as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -s -w -o "$options" start; then
        cat "$folder/log" >&2
        stop
        return 1
    fi
    url
}

url() { sed -n 3p "$state"; }

stop() {
    [ -e "$state" ] || return 0
    local folder bin
    folder=$(sed -n 1p "$state")
    bin=$(sed -n 2p "$state")
    if [ -e "$folder/data/postmaster.pid" ]; then
        as_postgres "$bin/pg_ctl" -D "$folder/data" -s -m immediate stop || true
    fi
    case "$folder" in */samverkan-postgres.*) rm -rf "$folder" ;; esac
    rm -f "$state"
}

with() {
    local address
    trap stop EXIT
    address=$(start)
    DATABASE_URL=$address "$@"
}

case "${1:-}" in
    start | url | stop) "$1" ;;
    with) shift; with "$@" ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
