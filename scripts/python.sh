#!/usr/bin/env bash
# Prints a Python 3.11 or newer that can make virtual environments, or says what is missing.
set -euo pipefail
cd "$(dirname "$0")"

# The system's own first: it is built for speed, which one from a version manager seldom is.
found=
for name in ${PYTHON:-/usr/bin/python3 python3.11 python3}; do
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    found=${found:-$name}
    # Debian ships venv without pip's seed until python3-venv is there.
    "$name" -c 'import ensurepip' 2>/dev/null && command -v "$name" && exit
done
if [ -n "$found" ]; then
    ./system-packages.sh python3-venv
    command -v "$found"
    exit
fi
echo "Samverkan needs Python 3.11 or newer, e.g. Debian 12's: apt-get install python3 python3-venv" >&2
exit 1
