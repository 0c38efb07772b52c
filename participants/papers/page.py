"""The signed papers that stand beside a consent or a plan."""

from core.models import StoredFile
from participants.enums import PaperAbout
from participants.http import Request
from participants.models import Enrolment, SignedPaper
from projects.enums import Permission


def papers_of(request: Request, enrolment: Enrolment, about: PaperAbout) -> list[SignedPaper]:
    """The papers of a matter that the user may fetch, the latest first; empty for others than the owning organisation's
    users. One query."""
    if not enrolment.reading.is_own or enrolment.is_void or Permission.EXPORT_PDF not in enrolment.allowed:
        return []
    rows = SignedPaper.objects.visible_to(request.scope).current().filter(enrolment=enrolment, about=about)
    return list(rows.with_case().order_by("-concerns_on", "-pk"))


def pages_in(paper: SignedPaper) -> bytes | None:
    """The paper's document; None for one that was taken back, or of which nothing is kept. One query."""
    if not paper.stands:
        return None
    content = StoredFile.objects.filter(pk=paper.file_id).values_list("content", flat=True).get()
    return None if content is None else bytes(content)
