"""Reading the list of participants, and the steps that its lines tell of."""

from actionplans.models import StepClock
from participants.models import Enrolment

URL = "/deltagare/"


def names(response) -> list[str]:
    return [row.name for row in response.context["rows"]]


def row_of(response, name: str):
    return next(row for row in response.context["rows"] if row.name == name)


def look_for(client, text: str, **filters: str):
    return client.post(URL, {"q": text, **filters}, follow=True)


def hold(enrolment: Enrolment, *numbers: int) -> None:
    StepClock.objects.filter(enrolment=enrolment).delete()
    StepClock.objects.bulk_create(
        StepClock(
            enrolment=enrolment,
            project=enrolment.project,
            step_number=number,
            enrolled_on=enrolment.enrolled_on,
            holds_now=number in numbers,
        )
        for number in range(1, 6)
    )
