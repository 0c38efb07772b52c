"""Register files that wait for import: each is read once, and kept as its sheets with protected persons' rows
sealed."""

from collections.abc import Mapping
from functools import partial

from django.db.models import BinaryField
from django.db.models.functions import Substr

from accounts.models import Organisation
from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.fingerprints import keyed
from actionplans.register.reading.fields import Field
from actionplans.register.reading.findings import Topic
from actionplans.register.reading.kept import is_kept, pack, sheets_of
from actionplans.register.reading.questions import EVERYONE
from actionplans.register.reading.sealing import sealed
from actionplans.register.workbook.sheet import FILE_SIGNS, RegisterError
from core.actions import action
from core.operation.places import Places
from projects.models import Project

# Files that are read at the same moment, however many processes serve the pages.
WORKBOOKS = Places("workbooks", 2)

StoredChoices = dict[str, dict[str, str]]
StoredAnswers = dict[str, dict[str, str]]


def keep(content: bytes, *, project: Project, organisation: Organisation) -> bytes:
    """Read a file and give its workbook packed, as it is stored. Raises RegisterError for a file that can't be read."""
    return pack(sheets_of(content), partial(keyed, project=project, organisation=organisation))


def workbook_of(batch: ImportBatch) -> bytes:
    """The batch's packed workbook. A file that was sent in before files were read at once is read now; see
    `read_waiting_files`."""
    content = bytes(batch.content or b"")
    return content if is_kept(content) else keep(content, project=batch.project, organisation=batch.organisation)


def read_waiting_files() -> int:
    """Read files that were sent in before files were read at once, and store them packed. Returns how many there
    were."""
    waiting = ImportBatch.objects.filter(state=ImportState.PREVIEW, content__isnull=False)
    starts = waiting.annotate(start=Substr("content", 1, 4, output_field=BinaryField()))
    unread = list(starts.filter(start__in=FILE_SIGNS).select_related("project", "organisation"))
    for batch in unread:
        _read_for_good(batch)
    return len(unread)


@action
def _read_for_good(batch: ImportBatch) -> None:
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.PREVIEW)
    try:
        waiting.update(content=workbook_of(batch))
    except RegisterError:
        waiting.update(state=ImportState.CANCELLED, content=None)


@action
def settle_columns(*, batch: ImportBatch, choices: StoredChoices, answers: StoredAnswers) -> bool:
    """Store the user's choices of columns and answers about the file, and seal rows that these make protected.

    Gives whether it did: False where the import has been done or called off meanwhile.
    """
    waiting = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if waiting.state != ImportState.PREVIEW:
        return False
    waiting.choices = choices
    sheets = waiting.answers.keys() | answers.keys()
    waiting.answers = {sheet: waiting.answers.get(sheet, {}) | answers.get(sheet, {}) for sheet in sheets}
    waiting.content = _sealed_again(waiting)
    waiting.save(update_fields=["choices", "answers", "content"])
    return True


def _sealed_again(batch: ImportBatch) -> bytes:
    chosen = read_choices(batch.choices)
    sheets = [
        sealed(sheet, chosen.get(sheet.name), everyone=batch.answers.get(sheet.name, {}).get(Topic.LOOSE) == EVERYONE)
        for sheet in sheets_of(bytes(batch.content or b""))
    ]
    return pack(sheets, partial(keyed, project=batch.project, organisation=batch.organisation))


def read_choices(raw: Mapping[str, Mapping[str, str]]) -> dict[str, dict[int, Field]]:
    """The stored choices as `read_register` takes them: by sheet and column, the field."""
    return {sheet: {int(column): Field(value) for column, value in chosen.items()} for sheet, chosen in raw.items()}
