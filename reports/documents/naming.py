"""Reports hold no persons, but their texts may name one. This takes protected persons' names out of them."""

from django.db.models import F, Q

from participants.models import Participant
from participants.protection.scrubbing import Finder, scrub_column
from reports.models import Release, Report, ReportSection


def take_out(participant: Participant, find: Finder) -> None:
    """Put the alias for somebody protected, in adopted reports too; part of the action that protects the person.

    A form of a report that was opened before is refused then: it would bring the name back.
    """
    theirs = Q(project__enrolments__participant=participant)
    written = Q(created_by__organisation=participant.organisation_id)
    reports = Report.objects.filter(pk__in=Report.objects.filter(theirs | written).values("pk"))
    alias = participant.alias
    changed = {key for name in ("title", "release_asked") for key in scrub_column(reports, name, find, alias)}
    for rows, name in (
        (ReportSection.objects.filter(report__in=reports), "text"),
        (Release.objects.filter(report__in=reports), "reason"),
    ):
        keys = scrub_column(rows, name, find, alias)
        changed |= set(rows.filter(pk__in=keys).values_list("report", flat=True))
    reports.filter(pk__in=changed).update(version=F("version") + 1)
