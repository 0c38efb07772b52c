#!/usr/bin/env bash
# Prepares the database and serves the program until it is stopped.
set -euo pipefail
umask 077
cd "$(dirname "$0")/.."

port=${PORT:-8000}
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "Port $port is taken. Choose another: PORT=$((port + 1)) make run" >&2
    exit 1
fi

.venv/bin/python manage.py prepare --demo
echo "Samverkan: http://127.0.0.1:$port/   (Ctrl+C stops it)"
# What is periodic, each minute, until the server is gone: it keeps this script's process number. What is measured beside
# the program goes without.
mkdir -p var
if [ -z "${WITHOUT_JOBS:-}" ]; then
    while sleep 60 && kill -0 $$; do .venv/bin/python manage.py run_jobs || true; done >>var/jobs.log 2>&1 &
fi
# No access log: a search's address holds what was searched for. The program keeps its own.
exec .venv/bin/gunicorn samverkan.wsgi:application --bind "127.0.0.1:$port" \
    --workers 2 --threads 4 --timeout 60
