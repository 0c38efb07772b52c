"""Those whose identity was protected before: each of their texts is gone through once, by somebody who knows them.

What they had been called before a correction was overwritten then, and nobody has looked for it.
"""

from typing import Any

from django.db import migrations

# Columns that lead to a text, with the way to the person and to the organisation that wrote it.
TEXTS = (
    ("participants", "Assessment", "summary", "enrolment__participant", "owner"),
    ("participants", "CaseAssignment", "note", "enrolment__participant", "enrolment__owner"),
    ("participants", "Consent", "purpose", "enrolment__participant", "owner"),
    ("participants", "ConsentWithdrawal", "note", "enrolment__participant", "owner"),
    ("participants", "LegalGround", "note", "enrolment__participant", "owner"),
    ("participants", "EmergencyAccess", "reason", "enrolment__participant", "owner"),
    ("participants", "EnrolmentEntry", "note", "enrolment__participant", "owner"),
    ("participants", "Exit", "comment", "enrolment__participant", "owner"),
    ("participants", "KeptNote", "body", "enrolment__participant", "owner"),
    ("participants", "PlacementPeriod", "place", "enrolment__participant", "owner"),
    ("participants", "Referral", "reason", "participant", "owner"),
    ("actionplans", "MeetingParagraph", "body", "enrolment__participant", "owner"),
    ("actionplans", "PlanRevision", "main_activity", "enrolment__participant", "owner"),
    ("actionplans", "PlanRevision", "schedule", "enrolment__participant", "owner"),
    ("actionplans", "MilestoneStatus", "text", "enrolment__participant", "owner"),
    ("actionplans", "MilestoneStatus", "why", "enrolment__participant", "owner"),
    ("actionplans", "StepAssessment", "departure", "enrolment__participant", "owner"),
    ("actionplans", "StepAssessment", "late_reason", "enrolment__participant", "owner"),
    ("actionplans", "CriterionResult", "why", "assessment__enrolment__participant", "assessment__owner"),
    ("actionplans", "CriterionResult", "supervisor", "assessment__enrolment__participant", "assessment__owner"),
)


def list_texts(apps: Any, schema_editor: Any) -> None:
    """A row for each text of each person, unless it waits already."""
    waiting = apps.get_model("participants", "TextToCheck").objects.filter(checked_at__isnull=True)
    present = set(waiting.values_list("participant", "body"))
    found: dict[tuple[int, int], int] = {}
    for app, model, column, person, owner in TEXTS:
        rows = apps.get_model(app, model).objects.exclude(**{f"{person}__protection": "none"})
        pairs = rows.exclude(**{column: None}).values_list(person, column, owner)
        found |= {(key, body): organisation for key, body, organisation in pairs}
    text_to_check = apps.get_model("participants", "TextToCheck")
    text_to_check.objects.bulk_create(
        [
            text_to_check(participant_id=person, body_id=body, owner_id=owner, spans=[])
            for (person, body), owner in found.items()
            if (person, body) not in present
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = (("participants", "0015_every_text_to_check"), ("actionplans", "0002_initial"))
    operations = (migrations.RunPython(list_texts, migrations.RunPython.noop),)
