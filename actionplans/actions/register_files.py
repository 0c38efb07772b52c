"""Register files on their way in: read once, kept with what is left of their rows, and asked about."""

from collections.abc import Mapping
from functools import partial

from accounts.models import Organisation
from actionplans.actions.register import keyed
from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.columns import Field
from actionplans.register.findings import Topic
from actionplans.register.kept import is_kept, pack, sheets_of
from actionplans.register.questions import EVERYONE
from actionplans.register.sealing import sealed
from core.actions import action
from core.places import Places
from projects.models import Project

# Files that are read at the same moment, however many processes serve the pages.
WORKBOOKS = Places("workbooks", 2)

StoredChoices = dict[str, dict[str, str]]
StoredAnswers = dict[str, dict[str, str]]


def keep(content: bytes, *, project: Project, organisation: Organisation) -> bytes:
    """The workbook read and packed. Raises RegisterError for a file that can't be read."""
    return pack(sheets_of(content), partial(keyed, project=project, organisation=organisation))


def workbook_of(batch: ImportBatch) -> bytes:
    """What is kept of the file. One that was sent in before files were read only once is read now, for good."""
    content = bytes(batch.content or b"")
    if not content or is_kept(content):
        return content
    kept = keep(content, project=batch.project, organisation=batch.organisation)
    ImportBatch.objects.filter(pk=batch.pk, content__isnull=False).update(content=kept)
    return kept


@action
def settle_columns(*, batch: ImportBatch, choices: StoredChoices, answers: StoredAnswers) -> None:
    """Keep what the user says about columns and what the file leaves open; rows that are marked by it are sealed."""
    waiting = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if waiting.state != ImportState.PREVIEW:
        return
    waiting.choices = choices
    sheets = waiting.answers.keys() | answers.keys()
    waiting.answers = {sheet: waiting.answers.get(sheet, {}) | answers.get(sheet, {}) for sheet in sheets}
    waiting.content = _sealed_again(waiting)
    waiting.save(update_fields=["choices", "answers", "content"])


def _sealed_again(batch: ImportBatch) -> bytes:
    chosen = read_choices(batch.choices)
    sheets = [
        sealed(sheet, chosen.get(sheet.name), everyone=batch.answers.get(sheet.name, {}).get(Topic.LOOSE) == EVERYONE)
        for sheet in sheets_of(bytes(batch.content or b""))
    ]
    return pack(sheets, partial(keyed, project=batch.project, organisation=batch.organisation))


def read_choices(raw: Mapping[str, Mapping[str, str]]) -> dict[str, dict[int, Field]]:
    """The stored form of the choices as the reader wants them."""
    return {sheet: {int(column): Field(value) for column, value in chosen.items()} for sheet, chosen in raw.items()}
