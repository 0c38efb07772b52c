"""The database, and the cache that lies in it."""

from samverkan.settings.environment import DATABASE, DATABASE_IS_FILE

DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 60, "ATOMIC_REQUESTS": False}}
if DATABASE_IS_FILE:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what is deleted is overwritten, also where SQLite was built without.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA secure_delete=ON;"
        ),
    }
else:
    # Without compiling of plans: it takes longer than our questions do. The result page at 10 000 enrolments took 2.5 s
    # with it and takes 0.5 s.
    # At most four tables are put in another order than they are asked in. A question about one fact joins fifteen, by
    # keys alone, and to weigh their orders by eights took the planner 320 ms for one row; by fours 20.
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c statement_timeout=30000 -c jit=off -c join_collapse_limit=4",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Holds counts of wrong passwords and spent codes. Django would throw a third of them away at 300 entries, so that
# somebody who fills the cache could begin to guess anew. Here only what has expired is removed, by `run_jobs`.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samverkan_cache",
        "OPTIONS": {"MAX_ENTRIES": 10**9},
    }
}
