"""How much may be sent at once, files included: Django bounds all but the files."""

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# More than any form takes, so that a form says it itself, by its field: ten photographs of a telephone are forty.
MOST_BYTES: Final = 64 * 1024 * 1024


class UploadLimit(FileUploadHandler):
    """Refuses a request that is too large before any of its files is read. It keeps nothing: other handlers do."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig, which becomes a page that says so (400)."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("More is sent than any form takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
