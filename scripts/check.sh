#!/usr/bin/env bash
# Runs every check, says which failed, and fails if one did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

check() {
    local name=$1 log started=$SECONDS
    shift
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        printf '%-12s ok (%s s)\n' "$name" $((SECONDS - started))
    else
        printf '%-12s FAILED: %s\n' "$name" "$*"
        cat "$log"
        failed+=("$name")
    fi
    rm -f "$log"
}

check lint       $bin/ruff check --output-format concise .
check format     $bin/ruff format --check --output-format concise .
check types      $bin/mypy
check templates  $bin/djlint templates --lint --quiet
check layers     $bin/lint-imports
check models     $bin/python manage.py makemigrations --check --dry-run
check migrations $bin/python scripts/lint_migrations.py

[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}" >&2; exit 1; }
