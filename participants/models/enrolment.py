"""The enrolment: the unit of every statistic."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation
from core.actions import stamp
from core.days.periods import Period
from core.enums import Category, Disposal
from core.pages import Page, address_of
from core.privacy import Emptiable, InExtract
from participants.enums import ExitReason, Miscounted, ReferralSource, Sex
from participants.querysets.counted_only import CountedOnlyQuerySet
from participants.querysets.enrolment import EnrolmentQuerySet

if TYPE_CHECKING:
    from participants.models.assignment import CaseAssignment
    from participants.scope.reading import CaseReading
    from participants.scope.ways import Way
    from projects.enums import Permission

ENROLLED_HERE = "Personen är redan inskriven i projektet."
EXITED_FIRST = "Avslutet kan inte ligga före inskrivningen."


class Enrolment(Emptiable):
    """A participant's time in a project.

    The dates are projections of facts, written by the same action as the fact, so that lists and constraints
    can use them; `rebuild_step_clock` and the tests prove them equal.
    """

    personal_category: ClassVar[Category] = Category.STEPS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "project": Disposal.CODE,
        "owner": Disposal.CODE,
        "source": Disposal.CODE,
        "referred_on": Disposal.DATE,
        "applied_on": Disposal.DATE,
        "enrolled_on": Disposal.DATE,
        "exited_on": Disposal.DATE,
        "exit_reason": Disposal.CODE,
        "is_known_before": Disposal.CODE,
        "is_void": Disposal.CODE,
        "assessed_on": Disposal.DATE,
        "planned_on": Disposal.DATE,
        "first_met_on": Disposal.DATE,
        "first_placed_on": Disposal.DATE,
        "followed_up_on": Disposal.DATE,
        "next_contact_on": Disposal.DATE,
        "first_due_on": Disposal.DATE,
        "first_step_on": Disposal.DATE,
        "is_imported": Disposal.CODE,
        "sort_key": Disposal.IDENTITY,
    }
    in_extract = InExtract(
        70,
        "Inskrivningar",
        {
            "owner": "Organisation",
            "is_known_before": "Känd sedan tidigare",
            "planned_on": "Planen komplett",
            "first_met_on": "Första personliga mötet",
            "first_placed_on": "Första placeringen",
            "followed_up_on": "Första uppföljningen",
            "next_contact_on": "Uppföljning senast",
            "first_due_on": "Något ska vara gjort senast",
            "first_step_on": "Ett steg ska bedömas senast",
        },
    )
    personal_categories: ClassVar[dict[str, Category]] = {
        "source": Category.SUPPORT,
        "referred_on": Category.SUPPORT,
        "applied_on": Category.SUPPORT,
        "is_known_before": Category.SUPPORT,
        "assessed_on": Category.ASSESSMENT,
        "planned_on": Category.PLAN,
        "first_met_on": Category.MEETINGS,
        "first_placed_on": Category.PLAN,
        "followed_up_on": Category.MEETINGS,
        "next_contact_on": Category.PLAN,
        "first_due_on": Category.PLAN,
        "sort_key": Category.IDENTITY,
    }
    # Anybody who may open a case knows whether the person is enrolled.
    always_known: ClassVar[tuple[str, ...]] = ("enrolled_on", "is_void")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="enrolments")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="enrolments")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    source = models.CharField("anvisad från", max_length=30, choices=ReferralSource.choices)
    applied_on = models.DateField("ansökan", null=True, blank=True)
    referred_on = models.DateField("anvisningsdag", null=True, blank=True)
    enrolled_on = models.DateField("inskriven")
    exited_on = models.DateField("avslutad", null=True, blank=True)
    exit_reason = models.CharField("avslutsorsak", max_length=30, choices=ExitReason.choices, blank=True)
    is_known_before = models.BooleanField("känd sedan tidigare", null=True, blank=True)
    is_void = models.BooleanField("felregistrerad", default=False)
    assessed_on = models.DateField("kartlagd", null=True, blank=True)
    planned_on = models.DateField("plan klar", null=True, blank=True)
    # The first day of a personal meeting, of a placement, and of a contact after the first complete plan.
    first_met_on = models.DateField("första mötet", null=True, editable=False)
    first_placed_on = models.DateField("första placeringen", null=True, editable=False)
    followed_up_on = models.DateField("första uppföljningen", null=True, editable=False)
    next_contact_on = models.DateField("nästa kontakt senast", null=True, blank=True)
    # The first of an open case's deadlines: late and soon are comparisons with it, and with the first placement while
    # that is to begin. And the first day of a step to judge, which is never late. None once the case has ended.
    first_due_on = models.DateField(null=True, editable=False)
    first_step_on = models.DateField(null=True, editable=False)
    is_imported = models.BooleanField(default=False, editable=False)
    # A copy of the person's own key: no database sorts by name across a join without reading every row.
    sort_key = models.CharField(max_length=400, editable=False, default="")

    objects: ClassVar[EnrolmentQuerySet] = EnrolmentQuerySet.as_manager()  # type: ignore[assignment]

    # What the user may read of it, once a page has opened it; see participants.guards.open_case.
    reading: "CaseReading"
    # Who works with it that day, how the user was let in (participants.scope.ways.Way), and what the roles allow
    # that way.
    at_work: "Sequence[CaseAssignment]" = ()
    way: "Way"
    allowed: "frozenset[Permission]" = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "project"],
                condition=Q(exited_on__isnull=True, is_void=False),
                name="enrolment_one_open_per_project",
                violation_error_message=ENROLLED_HERE,
            ),
            models.CheckConstraint(
                condition=Q(exited_on__isnull=True) | Q(exited_on__gte=F("enrolled_on")),
                name="enrolment_exit_not_before_start",
                violation_error_message=EXITED_FIRST,
            ),
            models.CheckConstraint(
                condition=Q(exited_on__isnull=True, exit_reason="") | Q(exited_on__isnull=False) & ~Q(exit_reason=""),
                name="enrolment_exit_has_reason",
                violation_error_message="Ett avslut har både dag och orsak.",
            ),
        )
        indexes = (
            # Each of these answers without touching the rows themselves: the number of hits of the participant list,
            # the list by name, and how enrolments began.
            models.Index(fields=["project", "owner", "is_void", "exited_on", "participant"], name="enrolment_count"),
            models.Index(
                fields=["project", "owner", "sort_key", "participant", "-enrolled_on", "exited_on", "is_void"],
                name="enrolment_by_name",
            ),
            models.Index(
                fields=[
                    "project",
                    "is_void",
                    "enrolled_on",
                    "source",
                    "applied_on",
                    "referred_on",
                    "assessed_on",
                    "planned_on",
                    "exited_on",
                    "first_met_on",
                    "first_placed_on",
                    "followed_up_on",
                ],
                name="enrolment_beginning",
            ),
            # For the list of shared cases: the latest first, of all owners.
            models.Index(
                fields=["project", "-enrolled_on", "-id"], condition=Q(is_void=False), name="enrolment_latest"
            ),
            # The few that no figure counts.
            models.Index(fields=["project"], condition=Q(is_void=True), name="enrolment_void"),
            # What is late or soon, in the order of waiting. Without `exited_on`: most of its values are NULL, and
            # SQLite, which knows their average alone, would take that condition for a choice of few.
            models.Index(
                fields=["project", "owner", "first_due_on", "id"],
                condition=Q(first_due_on__isnull=False),
                name="enrolment_first_due",
            ),
            # The few placements that are to begin: late until they do, if that is too late.
            models.Index(
                fields=["project", "owner", "first_placed_on"],
                condition=Q(first_placed_on__isnull=False),
                name="enrolment_first_placed",
            ),
            models.Index(
                fields=["project", "owner", "first_step_on", "id"],
                condition=Q(first_step_on__isnull=False),
                name="enrolment_first_step",
            ),
        )

    def __str__(self) -> str:
        return f"Inskrivning {str(self.public_id)[:8]}"

    def is_over(self, on: date) -> bool:
        """Whether the enrolment or its project has ended by the day, so that nothing is waited for."""
        return self.exited_on is not None or self.project.has_ended(on)

    def get_absolute_url(self) -> str:
        """The participant's page, opened at this enrolment; the list of them where it is wrongly registered."""
        return reverse("void_list") if self.is_void else address_of(Page.CASE, self.public_id)

    @property
    def period(self) -> Period:
        """The days of the enrolment; the day of the exit is none of them."""
        return Period.of(self.enrolled_on, self.exited_on)


class CountedOnly(models.Model):
    """Somebody who isn't to be registered: counted in the volumes by sex and year, never in the results.

    One that was counted by mistake says why, by a choice: no words here can tell who it was.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="counted_only")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sex = models.CharField("kön", max_length=10, choices=Sex.choices)
    year = models.PositiveSmallIntegerField("år")
    recorded_at = models.DateTimeField(default=stamp)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", editable=False)
    why = models.CharField("varför", max_length=20, choices=Miscounted.choices, blank=True, editable=False)

    objects: ClassVar[CountedOnlyQuerySet] = CountedOnlyQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.get_sex_display()} {self.year}"
