# make run: the program with an invented project. make test: the suite. make check: lint, types, layers, migrations.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PORT ?= 8000
# One more than there are cores, four at most: of two on two cores, each waited for browsers and servers most of the
# suite's last fifth (idle 60 %). Each more costs 0.5 GB, and 15 s of a core for a database of its own.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 3 ? n + 1 : 4)))

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# Images with Python often forbid it to keep what it has compiled. Each process of the suite then compiled the tests anew:
# 8.8 s of a core to collect them instead of 5.8.
unexport PYTHONDONTWRITEBYTECODE

# Recipes that use the program do so in development mode, unless the environment says otherwise.
run test test-postgres soak check fix bench bench-postgres race load: export DEBUG ?= 1

# Typefaces for the scripts of people who live in Sweden. Of Chinese, Japanese and Korean the small one (2 MB; Noto's is 57).
FONT_PACKAGES := fonts-dejavu-core fonts-noto-core fonts-wqy-microhei fonts-noto-color-emoji
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 $(FONT_PACKAGES)
TEST_PACKAGES := $(RUN_PACKAGES) poppler-utils

.PHONY: help setup setup-dev run browser test test-postgres soak check fix bench bench-postgres race load lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup: .venv/runtime.stamp  ## make .venv with the packages that the program needs

setup-dev: .venv/development.stamp  ## the same, and what tests and checks need

$(BIN)/python:
	@python=$$(scripts/python.sh) && echo "Making .venv" && "$$python" -m venv --clear .venv

.venv/runtime.stamp: requirements.lock | $(BIN)/python
	@echo "Installing packages into .venv"
	@$(BIN)/pip install -qq --require-hashes -r requirements.lock
	@touch $@

.venv/development.stamp: requirements-dev.lock .venv/runtime.stamp
	@echo "Installing packages for tests and checks into .venv"
	@$(BIN)/pip install -qq --require-hashes -r requirements-dev.lock
	@touch $@

run: setup  ## start the program on 127.0.0.1:$PORT with an invented project
	@scripts/system-packages.sh --optional $(RUN_PACKAGES)
	@PORT=$(PORT) scripts/run.sh

browser:
	@scripts/system-packages.sh --optional chromium-headless-shell
	@[ -x /usr/bin/chromium-headless-shell ] || scripts/system-packages.sh chromium

test: setup-dev browser  ## run the whole suite, browser included; ARGS="-k word" narrows it
	@scripts/system-packages.sh $(TEST_PACKAGES)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-postgres: setup-dev browser  ## the suite on a PostgreSQL of its own
	@scripts/system-packages.sh $(TEST_PACKAGES) postgresql
	@scripts/postgres.sh with $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# What `make test` runs a tenth of, or less.
BY_CHANCE := tests/saving/test_two_savers.py tests/participants/scope/test_scope_worlds.py tests/participants/scope/test_files_of_worlds.py \
	tests/guards/test_hostile_values.py tests/guards/test_days.py tests/guards/test_pages.py tests/guards/test_typed_words.py \
	tests/guards/test_access.py tests/reports/safe tests/participants/joining/test_lookup_worlds.py \
	tests/accounts/test_safe_start.py tests/participants/protection/test_protected_worlds.py \
	tests/participants/protection/test_protected_lookups.py tests/casework/test_histories.py \
	tests/reports/test_deadline_adherence.py tests/e2e/test_every_page.py tests/e2e/test_frame.py \
	tests/actionplans/register/test_workbook_limits.py tests/upgrades tests/projects/proposals/test_second_person.py

soak: setup-dev  ## the tests by chance at full length: takes a while
	@SOAK=1 WORLDS=500 ATTACKS=300 SAVERS=1500 $(BIN)/python -m pytest -n $(WORKERS) $(BY_CHANCE) $(ARGS)

check: setup-dev  ## lint, format, types, templates, layers, migrations
	@scripts/check.sh

fix: setup-dev  ## mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: setup  ## measure pages at 200 and 100 000 enrolments on SQLite; ARGS="--enrolments N" chooses
	@$(BIN)/python manage.py bench $(ARGS)

bench-postgres: setup  ## the same on a PostgreSQL of its own that writes durably
	@scripts/system-packages.sh postgresql
	@DURABLE=1 scripts/postgres.sh with $(BIN)/python manage.py bench $(ARGS)

race: setup  ## measure beside Django's own admin over the same 10 000 people
	@$(BIN)/python manage.py race $(ARGS)

load: setup  ## fifty users at once, five minutes on SQLite and five on PostgreSQL; it stops by itself
	@$(BIN)/python manage.py load $(ARGS)
	@scripts/system-packages.sh postgresql
	@DURABLE=1 scripts/postgres.sh with $(BIN)/python manage.py load $(ARGS)

lock:  ## write the lock files again; ARGS=--upgrade for newer versions (takes a while)
	@scripts/lock.sh $(ARGS)

clean:  ## remove .venv, caches and collected files; data stays
	@rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
