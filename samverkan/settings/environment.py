"""Settings from the environment: each variable is read once, here, and unsafe values keep the program from starting.

The order counts: first everything that can't be read is refused, then an unknown kind of database, then the values and
files that production must not have. `samverkan.settings` imports this module before any other.
"""

from pathlib import Path

from environs import Env, EnvValidationError

from core.start.files import database_files, faults_of_files, keep_to_oneself
from core.start.refusal import TRY_IT, refuse_faults, refuse_to_start
from core.start.values import (
    Key,
    faults_of_database,
    faults_of_hosts,
    faults_of_keys,
    faults_of_mail,
    faults_of_origins,
)

BASE_DIR = Path(__file__).resolve().parents[2]

env = Env(eager=False)  # values that can't be read are reported together, by `seal` below
env.read_env(BASE_DIR / ".env", recurse=False)

DEVELOPMENT = env.bool("DEBUG", False)  # development mode: demo data, plain http; never in production
SECRET_KEY = env.str("SECRET_KEY", "")
ACCESS_LOG_KEY = env.str("ACCESS_LOG_KEY", "")  # chains the access log
FINGERPRINT_KEY = env.str("FINGERPRINT_KEY", "")  # recognises rows that have been imported
PROTECTION_KEY = env.str("PROTECTION_KEY", "")  # recognises the numbers of people with a protected identity
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [], subcast=str.strip)
TRUSTED_ORIGINS: list[str] = env.list("TRUSTED_ORIGINS", [], subcast=str.strip)
# The demo has a file of its own, so that real data is never put beside published passwords.
DEFAULT_FILE = BASE_DIR / ("samverkan-demo.sqlite3" if DEVELOPMENT else "samverkan.sqlite3")
DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{DEFAULT_FILE}")
LOG_HEADS_FILE = env.str("LOG_HEADS_FILE", "")  # the ends of the access log's chains, outside the database
EMAIL_HOST = env.str("EMAIL_HOST", "")  # without one, mail is written to files in var/mail
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "samverkan@localhost")

try:
    env.seal()
except EnvValidationError as error:
    refuse_to_start("Samverkan startar inte. Det här går inte att läsa i miljön:", ", ".join(error.error_messages))

keep_to_oneself()
# Django's own DEBUG stays off in both modes: error pages never show what was in memory.
DEBUG = False
if DEVELOPMENT:
    SECRET_KEY = SECRET_KEY or "development-only-" + "x" * 40
    ACCESS_LOG_KEY = ACCESS_LOG_KEY or "development-only-log-key"
    FINGERPRINT_KEY = FINGERPRINT_KEY or "development-only-fingerprint-key"
    PROTECTION_KEY = PROTECTION_KEY or "development-only-protection-key"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]

refuse_faults([*faults_of_database(DATABASE["ENGINE"])])

# A new key is one line here, one above and one among the development defaults.
KEYS = (
    Key("SECRET_KEY", SECRET_KEY, 50),
    Key("ACCESS_LOG_KEY", ACCESS_LOG_KEY, 20),
    Key("FINGERPRINT_KEY", FINGERPRINT_KEY, 20),
    Key("PROTECTION_KEY", PROTECTION_KEY, 20),
)

DATABASE_IS_FILE = DATABASE["ENGINE"].endswith("sqlite3")
# The log's heads lie beside a database that is a file; with PostgreSQL, in a folder of their own.
if not LOG_HEADS_FILE:
    LOG_HEADS_FILE = f"{DATABASE['NAME']}-heads" if DATABASE_IS_FILE else str(BASE_DIR / "var" / "log-heads")

SECRET_FILES = [
    BASE_DIR / ".env",
    Path(LOG_HEADS_FILE),
    *(database_files(str(DATABASE["NAME"])) if DATABASE_IS_FILE else []),
]

if not DEVELOPMENT:
    refuse_faults(
        [
            *faults_of_keys(KEYS),
            *faults_of_hosts(ALLOWED_HOSTS),
            *faults_of_origins(TRUSTED_ORIGINS),
            *faults_of_mail(EMAIL_HOST),
        ],
        TRY_IT,
    )
    refuse_faults([*faults_of_files(SECRET_FILES)])
