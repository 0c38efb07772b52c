"""How many there are, and how many of them are in each target group."""

from dataclasses import dataclass

from reports.figures.ground import Ground


@dataclass(frozen=True, slots=True)
class Volumes:
    """Counts by the as-of day; None where it isn't shown.

    enrolled: enrolments begun.  exited: enrolments that have ended.
    counted_only: persons who are counted without being registered, in no other figure.
    """

    enrolled: int | None
    exited: int | None
    counted_only: int | None


def volumes(ground: Ground) -> Volumes:
    """The numbers of enrolments, exits and persons who are only counted, all shown."""
    tallies = ground.beginnings
    return Volumes(tallies.enrolled, tallies.exited, tallies.counted_only)


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A target group: how many are in it, and its wished share in per cent; None where none is wished."""

    slug: str
    name: str
    wished: int | None
    count: int


@dataclass(frozen=True, slots=True)
class GroupBook:
    """The groups that anybody is in or that have a wished share, by name. `said`: of how many it is said which groups
    they belong to at enrolment, which the shares are of. `unsaid`: how many more are enrolled."""

    rows: tuple[GroupShare, ...]
    said: int
    unsaid: int


def group_book(ground: Ground) -> GroupBook:
    """The target groups of those enrolled by the day."""
    tallies = ground.groups
    rows = tuple(
        GroupShare(str(line.public_id), line.name, line.wished_percent, count)
        for line, count in tallies.lines
        if count or line.wished_percent
    )
    return GroupBook(rows, tallies.said, ground.beginnings.enrolled - tallies.said)
