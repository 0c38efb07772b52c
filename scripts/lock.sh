#!/usr/bin/env bash
# Writes both lock files from requirements*.txt: exact versions with hashes, no addresses.
# `scripts/lock.sh --upgrade` takes the newest versions that the ranges allow.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3.11}" -m venv "$tools"
"$tools/bin/pip" install -qq 'pip-tools>=7.5'

compile() {
    CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet --generate-hashes --allow-unsafe \
        --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "${@:3}" --output-file "$2" "$1"
}
compile requirements.txt requirements.lock "$@"
compile requirements-dev.txt requirements-dev.lock --constraint requirements.lock "$@"
