"""The page of a text that was kept from a form that couldn't be saved."""

from typing import Final

from django.http import HttpResponse

from participants.amending.pages import misplaced_page
from participants.amending.words import Noun
from participants.guards import case_page
from participants.http import Request
from participants.models import KeptNote
from participants.stale_forms.misplaced import put_note_right
from projects.enums import Permission

NOTE: Final = Noun("texten", "återtagen", "rättad")


@case_page(Permission.SEE_PERSONS, of=KeptNote, shared=True, afterwards=True)
def kept_note_misplaced(request: Request, note: KeptNote) -> HttpResponse:
    """Page that moves the text to the right person, or takes it away. Raises PermissionDenied for others than its
    author and the coordinators."""
    return misplaced_page(
        request,
        note,
        lambda right: put_note_right(note=note, right=right, by=request.user),
        noun=NOTE,
        template="participants/stale_forms/kept_note_misplaced.html",
        context={"text": note.body.text},
    )
