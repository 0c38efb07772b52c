"""From QuerySets to tallies: the only queries that figures about steps and deadlines make.

Everything is grouped in SQL, so a page costs the same number of statements and about the same number of fetched
rows whether the project has ten enrolments or a hundred thousand. Figures as they were known at a moment in the past
come from these queries too (`past_tables.py`). A test over random worlds counts the same row by row.
"""

from reports.datasets.deadlines import Beginnings, beginnings
from reports.datasets.groups import GroupTallies, group_tallies
from reports.datasets.limits import Awaits, Days, DeadlineRules, Since
from reports.datasets.population import Population
from reports.datasets.steps import Rules, duration_tallies, step_tallies

__all__ = [
    "Awaits",
    "Beginnings",
    "Days",
    "DeadlineRules",
    "GroupTallies",
    "Population",
    "Rules",
    "Since",
    "beginnings",
    "duration_tallies",
    "group_tallies",
    "step_tallies",
]
