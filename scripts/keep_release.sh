#!/usr/bin/env bash
# Keep a database of today's, filled, for tests/upgrades: keep_release.sh NAME writes tests/data/schemas/NAME.*.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
umask 077
name=${1:?"the release's name, such as 3-doors"}
target=tests/data/schemas/$name
folder=$(mktemp -d "${TMPDIR:-/tmp}/samverkan-release.XXXXXX")
trap 'rm -rf "$folder"' EXIT
export DEBUG=1 LOG_HEADS_FILE=$folder/heads

manage() { .venv/bin/python manage.py "$@"; }

fill() {
    manage prepare
    manage demo
    manage import_register tests/data/deltagarforteckning.xlsx --project 2010/SOF-3 --skip-refused
    manage shell --no-imports -c "from tests.upgrades.fill import fill; fill()"
}

figures() {
    manage shell --no-imports -c "
import io, json
from django.core.management import call_command
found = []
for project, day in (('2010/SOF-3', '2012-06-30'), ('2026/SOF-12', '$(date +%F)')):
    out = io.StringIO()
    call_command('step_progression', '--project', project, '--as-of', day, '--format', 'json', stdout=out)
    found.append(json.loads(out.getvalue()))
print(json.dumps(found, ensure_ascii=False, separators=(',', ':')))"
}

if [ "${2:-}" = "postgres" ]; then
    fill >/dev/null
    dump=$(ls -d /usr/lib/postgresql/*/bin/pg_dump | sort -V | tail -n 1)
    "$dump" --no-owner --no-privileges --inserts "$DATABASE_URL" | gzip -9n >"$target.sql.gz"
    figures >"$folder/figures.json"
    cmp "$folder/figures.json" "$target.figures.json"
    exit
fi
export DATABASE_URL=sqlite:///$folder/release.sqlite3
fill >/dev/null
figures >"$target.figures.json"
.venv/bin/python -c "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])" \
    "$folder/release.sqlite3" "$folder/kept.sqlite3"
gzip -9nc "$folder/kept.sqlite3" >"$target.sqlite3.gz"
unset DATABASE_URL
scripts/postgres.sh with "$0" "$name" postgres
ls -l "$target".*
