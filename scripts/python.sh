#!/usr/bin/env bash
# Prints a Python 3.11 or newer that can make virtual environments, or says what is missing.
set -euo pipefail
cd "$(dirname "$0")"

for name in ${PYTHON:-python3.11 python3}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        # Debian ships venv without pip's seed until python3-venv is there.
        "$name" -c 'import ensurepip' 2>/dev/null || ./system-packages.sh python3-venv
        command -v "$name"
        exit
    fi
done
echo "Samverkan needs Python 3.11 or newer, e.g. Debian 12's: apt-get install python3 python3-venv" >&2
exit 1
