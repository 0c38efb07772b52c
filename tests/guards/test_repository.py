"""What may never stand in the code: machine paths, a current step, the admin site, models without a migration."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver

from accounts.log.triggers import GUARDED, trigger_names

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    *("core", "accounts", "projects", "participants", "actionplans"),
    *("casework", "oversight", "reports", "workshop", "samverkan"),
]
TEXT = {".py", ".html", ".txt", ".md", ".toml", ".ini", ".sh", ".css", ".js", ".svg", ".lock", ".yml", ".json", ""}
SKIPPED = {".venv", ".git", "staticfiles", "var", "__pycache__", "node_modules", "vendor"}
# Spelt in pieces, so that this file doesn't hold what it looks for.
MACHINE = re.compile("|".join("/" + place for place in ("work/", "tmp/team", "root/", "home/[a-z]")))


def _files(*folders, suffixes=TEXT):
    for folder in folders or (".",):
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
            if path.is_file() and path.suffix in suffixes and not hidden and not SKIPPED.intersection(parts):
                yield path


def test_no_file_names_a_place_on_somebodys_machine():
    files = list(_files())
    assert len(files) > 200
    held = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files
        if (found := MACHINE.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]
    assert held == []


def test_there_is_no_current_step():
    sources = list(_files(*CODE, "templates", suffixes={".py", ".html"}))
    assert len(sources) > 100
    assert [path for path in sources if "current_step" in path.read_text()] == []
    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert {"cleared_on", "holds_now"} <= names
    assert "current_step" not in names


def test_there_is_no_admin_site():
    """But the one that is raced against (workshop/race), which has settings of its own and starts in no production."""
    assert not apps.is_installed("django.contrib.admin")
    sources = [path for path in _files(*CODE, suffixes={".py"}) if not path.is_relative_to(ROOT / "workshop/race")]
    assert len(sources) > 500
    assert [path for path in sources if "contrib.admin" in path.read_text() or path.name == "admin.py"] == []
    racing = [path.name for path in sources if "workshop.race" in path.read_text()]
    assert racing == ["race.py"]
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    assert routes
    assert [route for route in routes if "admin" in route] == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_migrations_are_named_by_what_they_do():
    migrations = [path for name in CODE for path in (ROOT / name).glob("migrations/0*.py")]
    assert len(migrations) >= 6
    assert [path.name for path in migrations if re.search(r"_auto_|\d{8}_\d{4}", path.name)] == []


@pytest.mark.django_db
def test_the_access_log_has_its_triggers():
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    wanted = {name for table in GUARDED for name in trigger_names(table)}
    assert len(wanted) >= 4
    assert wanted <= present


def test_no_model_signals_of_our_own():
    """What hangs on a signal happens behind the back of the action; only the triggers hang on migrate.

    The log-in library writes its second factors by itself: only a signal is in its transaction. A field's own method
    `pre_save` is no signal.
    """
    sources = list(_files(*CODE, suffixes={".py"}))
    signals = re.compile(r"(?<!\bfield\.)\b(pre|post)_(save|delete)\b")
    used = [path.relative_to(ROOT) for path in sources if signals.search(path.read_text())]
    assert len(sources) > 100
    assert [str(path) for path in used] == ["accounts/log/account.py"]
    text = (ROOT / "accounts/log/account.py").read_text()
    assert re.findall(r"(?:pre|post)_(?:save|delete)\.connect\(.*", text) == [
        "post_save.connect(_factor_added, sender=Authenticator)",
        "post_delete.connect(_factor_removed, sender=Authenticator)",
    ], "of the library's model alone"
