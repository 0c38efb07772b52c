"""How many persons of a project are employed on a day, by form, and how many have changed form."""

from collections import Counter
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from core.days.periods import Period
from participants.models import EmploymentPeriod
from participants.querysets.facts import EmploymentPeriodQuerySet
from projects.models import Project

# Without a share an employment is taken to be a whole one.
_WHOLE = 100


def employed_on(project: Project, on: date) -> Counter[str]:
    """Persons employed on the day, by the name of the form.

    Unit:     persons with an enrolment in the project that isn't wrongly registered; after their exit too
    Counted:  each once: by the employment with the largest share (without a share: whole), of such the one that began
              last, of such the one that was written last
    Empty:    no form, no person
    """
    held = _ranked(project, on)
    larger = Q(share__gt=OuterRef("share"))
    later = Q(share=OuterRef("share"), concerns_on__gt=OuterRef("concerns_on"))
    newer = Q(share=OuterRef("share"), concerns_on=OuterRef("concerns_on"), root__gt=OuterRef("root"))
    of_same = held.filter(enrolment__participant=OuterRef("enrolment__participant"))
    main = held.filter(~Exists(of_same.filter(larger | later | newer)))
    return Counter(main.values_list("form__name", flat=True))


def transitions_in(project: Project, days: Period) -> int:
    """Changes of form within the days: an employment that began the day after another of the case, of another form, had
    its last. Two that end when one begins are one change. An employment of the same form is none.

    Unit:     employments that began, in enrolments that aren't wrongly registered
    """
    rows = _standing(project)
    before = rows.filter(enrolment=OuterRef("enrolment"), until=OuterRef("concerns_on")).exclude(form=OuterRef("form"))
    begun = rows.filter(concerns_on__gte=days.first)
    if days.last:
        begun = begun.filter(concerns_on__lte=days.last)
    return begun.filter(Exists(before)).count()


def _standing(project: Project) -> EmploymentPeriodQuerySet:
    rows: EmploymentPeriodQuerySet = EmploymentPeriod.objects.placed().current()
    return rows.filter(enrolment__project=project, enrolment__is_void=False)


def _ranked(project: Project, on: date) -> EmploymentPeriodQuerySet:
    return _standing(project).on(on).annotate(share=Coalesce("percent", _WHOLE), root=Coalesce("first_id", F("pk")))
