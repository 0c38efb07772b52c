"""Finds migrations that would break the version that is still running while they are applied."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
APPS = ["core", "accounts", "projects", "participants", "actionplans", "reports"]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    django.setup()
    # Not an installed app: it is a tool of development, and the program does without it.
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(ROOT),
        include_apps=APPS,
        no_cache=True,
        ignore_initial_migrations=True,
        # SQLite gets a column by making the table anew, and any old NOT NULL in it sets this rule off. What it is there
        # for, a new column that the running version doesn't fill in, is met by `db_default`. The table made anew states
        # its old unique constraints too, which sets off the other.
        exclude_migration_tests=["NOT_NULL", "ADD_UNIQUE"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
