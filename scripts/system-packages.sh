#!/usr/bin/env bash
# Sees to it that Debian packages are there: system-packages.sh [--optional] NAME...
# Installs what is missing as root or by sudo that asks nothing; otherwise says the one line to run.
# With --optional the caller goes on without them.
set -uo pipefail

optional=no
if [ "${1:-}" = --optional ]; then optional=yes; shift; fi

give_up() {
    printf '%s\n' "$@" >&2
    [ "$optional" = yes ]
    exit
}

command -v dpkg-query >/dev/null || give_up "Not Debian: see to it yourself that the equivalents of these are there: $*"

missing=()
for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        give_up "System packages are missing. Run this line, then the same command again:" \
            "    sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    as_root=(sudo -n)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"; }
install() { apt install -y --no-install-recommends "${missing[@]}"; }

echo "Installing system packages: ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Package lists may be missing or old on a new machine: fetch them only when the first try fails.
install >"$log" 2>&1 || { apt update && install; } >"$log" 2>&1 && exit 0
tail -n 5 "$log" >&2
give_up "These system packages could not be installed: ${missing[*]}"
