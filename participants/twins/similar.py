"""People in sight who look like somebody whose name and number are typed in: asked about before that is saved."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q

from participants.models import Participant, PersonalNumber
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.querysets.referral import ReferralQuerySet
from participants.twins.likeness import Looks

# The century is typed by few and guessed right by the program: the other ten digits are mistyped.
_CENTURY: Final = 2
_DIGITS: Final = "0123456789"
# More than these nobody goes through while a form waits.
_SHOWN: Final = 5


def similar_people(
    name: str, born: date | None, number: str, cases: EnrolmentQuerySet, referrals: ReferralQuerySet
) -> list[Participant]:
    """People who have one of these cases or referrals, and whose number is mistyped by a digit or by two that changed
    places; without a number, who have the same name and birth date. At most `_SHOWN`, with identity. At most one query.
    """
    known = (Q(Exists(rows.filter(participant=OuterRef("pk")))) for rows in (cases, referrals))
    people = Participant.objects.filter(next(known) | next(known)).select_related("identity").order_by("pk")
    if number:
        near = PersonalNumber.objects.filter(value__in=near_numbers(number), participant=OuterRef("pk"))
        return list(people.filter(Exists(near))[:_SHOWN])
    looks = Looks.named(name)
    if born is None or not looks.words:
        return []
    return [person for person in people.filter(birth_date=born) if looks.has_name_of(Looks.of(person))][:_SHOWN]


def near_numbers(number: str) -> set[str]:
    """The numbers that differ from this one (twelve digits) by one digit, or by two neighbours that changed places.

    The last digit checks the others, so that no two valid numbers differ by one alone: it may be any.
    """
    century, nine, check = number[:_CENTURY], number[_CENTURY:-1], number[-1]
    mistyped = {f"{nine[:place]}{digit}{nine[place + 1 :]}" for place in range(len(nine)) for digit in _DIGITS}
    swapped = {f"{nine[:place]}{nine[place + 1]}{nine[place]}{nine[place + 2 :]}" for place in range(len(nine) - 1)}
    near = {f"{century}{other}{digit}" for other in mistyped | swapped for digit in _DIGITS}
    return (near | {f"{century}{nine[:-1]}{check}{nine[-1]}"}) - {number}
