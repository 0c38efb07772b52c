"""The program's own log: what went wrong and where in the code, never on which page or about whom."""

import logging
import re
import traceback
from collections.abc import Iterator

LINE = "{asctime} {levelname} {name} [{request_id}] {message}"
# What an error's message or a library's words may hold. A path ends at the code's own files, which stay readable.
_HIDDEN = (
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I), "[id]"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[adress]"),
    (re.compile(r"(?<!\d)\d{6}(?:\d{2})?[-+ ]?\d{4}(?!\d)"), "[nummer]"),
    (re.compile(r"(?<![\w.])/(?!/)(?!\S*\.py)[^\s\"'<>),]*"), "[sida]"),
)


def without_persons(text: str) -> str:
    """The text without ids, mail addresses, personal numbers and addresses of pages."""
    for pattern, word in _HIDDEN:
        text = pattern.sub(word, text)
    return text


class OrdinaryRefusals(logging.Filter):
    """Leaves out answers of 400 to 499: they are no fault of the program, and the access log has those that matter."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be written."""
        return not 400 <= getattr(record, "status_code", 0) < 500


class PlainFormatter(logging.Formatter):
    """One line for each record, and where an error came from: files, lines and kinds of errors, without what they say.

    An error's own message is left out because databases and parsers put the values into it.
    """

    def __init__(self) -> None:
        super().__init__(LINE, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text. Never `exc_text`, which another handler may have filled with the whole error."""
        record.message = record.getMessage()
        record.asctime = self.formatTime(record)
        record.__dict__.setdefault("request_id", "-")
        lines = [without_persons(self.formatMessage(record))]
        if record.exc_info and record.exc_info[1]:
            lines += _trace(record.exc_info[1])
        return "\n".join(lines)


def _trace(error: BaseException) -> list[str]:
    """The places in the code that the error passed, the innermost error first."""
    lines = []
    for link in reversed(list(_links(error))):
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}, at:")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return lines


def _links(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
