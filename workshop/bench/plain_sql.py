"""The figures of the result page by hand-written SQL: the floor of asking the database for them."""

from datetime import date

from django.db import connection

from workshop.scale.database import is_sqlite
from workshop.scale.people import World

Rows = list[tuple]

# One row per target: enrolled, due, cleared in time; of those that missed, who left and who wasn't assessed; held.
_STEPS = """
WITH clock AS (
    SELECT c.step_number AS step, c.due_on <= %(on)s AND (c.exited_on IS NULL OR c.exited_on >= c.due_on
            OR c.exit_reason <> 'project_ended') AS is_due,
        COALESCE(c.exited_on < c.due_on, FALSE) AS has_left,
        c.assessed_on IS NOT NULL AND c.assessed_on <= c.due_on AS is_assessed, c.held_on_due AS is_held,
        COALESCE(CASE WHEN t.exclusive THEN c.cleared_on <= c.due_on AND NOT COALESCE(h.cleared_on <= h.due_on, FALSE)
            WHEN t.counts_higher THEN c.reached_on <= c.due_on ELSE c.cleared_on <= c.due_on END, FALSE) AS in_time,
        COALESCE(c.cleared_on <= c.due_on, FALSE) OR COALESCE(h.cleared_on <= h.due_on, FALSE) AS either_in_time
    FROM actionplans_stepclock c
    JOIN projects_resulttarget t ON t.id = c.target_id
    LEFT JOIN actionplans_stepclock h
        ON h.enrolment_id = c.enrolment_id AND h.step_number = c.step_number + 1 AND t.exclusive
    WHERE c.project_id = %(project)s AND c.enrolled_on <= %(on)s
)
SELECT step, COUNT(*), COUNT(*) FILTER (WHERE is_due), COUNT(*) FILTER (WHERE is_due AND in_time),
    COUNT(*) FILTER (WHERE is_due AND NOT in_time AND has_left),
    COUNT(*) FILTER (WHERE is_due AND NOT in_time AND NOT is_assessed),
    COUNT(*) FILTER (WHERE is_due AND is_held), COUNT(*) FILTER (WHERE is_due AND either_in_time)
FROM clock GROUP BY step ORDER BY step
"""

# Days from enrolment until cleared or censored: what the curves are made of.
_CURVES = """
SELECT c.step_number, CASE WHEN e.event_on <= %(on)s THEN {days_event} ELSE {days_on} END, e.event_on <= %(on)s,
    COUNT(*)
FROM actionplans_stepclock c
JOIN (SELECT i.id, CASE WHEN t.exclusive AND i.step_number = 5 THEN i.cleared_on ELSE i.reached_on END AS event_on
      FROM actionplans_stepclock i JOIN projects_resulttarget t ON t.id = i.target_id) e ON e.id = c.id
WHERE c.project_id = %(project)s AND c.enrolled_on <= %(on)s
GROUP BY 1, 2, 3
"""

# Kartläggning and plan within their days, by when both were done.
_DEADLINES = """
SELECT start_on < %(last)s, {days_assessed} <= 14 AND {days_planned} <= 14, exited_on <= %(on)s,
    {greatest}({days_assessed}, {days_planned}), COUNT(*)
FROM (SELECT {start} AS start_on, assessed_on, planned_on, exited_on FROM participants_enrolment
      WHERE project_id = %(project)s AND NOT is_void {which}) came
WHERE start_on <= %(on)s
GROUP BY 1, 2, 3, 4
"""

_REFERRED = """
SELECT COUNT(*) FROM participants_referral r
WHERE r.project_id = %(project)s AND r.superseded_at IS NULL AND r.state <> 'accepted' AND r.concerns_on <= %(on)s
    AND NOT EXISTS (SELECT 1 FROM participants_enrolmententry n JOIN participants_enrolment e ON e.id = n.enrolment_id
        WHERE e.participant_id = r.participant_id AND n.superseded_at IS NULL AND NOT n.is_void
            AND n.concerns_on >= r.concerns_on)
"""


def plain_figures(world: World) -> list[Rows]:
    """The rows of each query: steps, curves, deadlines from enrolment and from application, referrals."""
    values: dict[str, date | int] = {"on": world.on, "project": world.project.pk, "last": world.on}
    with connection.cursor() as cursor:
        answers = []
        for statement in _statements():
            cursor.execute(statement, values)
            answers.append(cursor.fetchall())
    return answers


def _statements() -> list[str]:
    agencies = "AND source IN ('social_services', 'employment_service', 'social_insurance')"
    curves = _CURVES.format(days_event=_days("e.event_on", "c.enrolled_on"), days_on=_days("%(on)s", "c.enrolled_on"))
    deadlines = [
        _DEADLINES.format(
            start=start,
            which=which,
            greatest="MAX" if is_sqlite() else "GREATEST",
            days_assessed=_days("assessed_on", "start_on"),
            days_planned=_days("planned_on", "start_on"),
        )
        for start, which in (("enrolled_on", ""), ("COALESCE(applied_on, referred_on)", agencies))
    ]
    return [_STEPS, curves, *deadlines, _REFERRED]


def _days(later: str, earlier: str) -> str:
    if is_sqlite():
        return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"
    return f"(CAST({later} AS date) - {earlier})"
