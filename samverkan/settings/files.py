"""Files: static ones, uploads, files taken out, and the folder of heavy work."""

from samverkan.settings.environment import BASE_DIR, DATABASE, DATABASE_IS_FILE

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "core.operation.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Files that one user may take out within an hour, of all kinds together; see accounts/exports.py.
EXPORTS_AN_HOUR = 20

# Says which heavy work is going on, on this machine (core/operation/places.py). Lies beside a database that is a file.
PLACES_FOLDER = f"{DATABASE['NAME']}-places" if DATABASE_IS_FILE else str(BASE_DIR / "var" / "places")
