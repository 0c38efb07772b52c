"""How many there are: the volumes' figure."""

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
