#!/usr/bin/env bash
# Prepares the database and serves the program until it is stopped.
set -euo pipefail
cd "$(dirname "$0")/.."

.venv/bin/python manage.py prepare --demo
echo "Samverkan: http://127.0.0.1:${PORT:-8000}/   (Ctrl+C stops it)"
# No access log: a search's address holds what was searched for. The program keeps its own.
exec .venv/bin/gunicorn samverkan.wsgi:application --bind "127.0.0.1:${PORT:-8000}" \
    --workers 2 --threads 4 --preload --timeout 60 --log-level warning
