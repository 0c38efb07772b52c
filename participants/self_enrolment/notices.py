"""Enrolling somebody who looks like oneself: asked about in the form, and shown to the coordinator until it is seen."""

import re
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.prepared.questions import prepared
from core.swedish.keys import fold
from participants.models import Enrolment, SelfEnrolment
from participants.scope.scope import Scope
from projects.enums import Role
from projects.models import Project


def looks_like(user: User, *, given_name: str, family_name: str, email: str) -> bool:
    """Whether name or address is the user's own. The typed name may leave out some of the user's given names."""
    if email and email.casefold() == user.email.casefold():
        return True
    own, given, family = (_words(text) for text in (user.name, given_name, family_name))
    return bool(given and family) and family <= own and bool(given & own) and own <= given | family


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def note(enrolment: Enrolment, *, is_self: bool, by: User) -> None:
    """Have the coordinators see it; part of the action that enrols."""
    SelfEnrolment.objects.create(enrolment=enrolment, user=by, is_self=is_self)


def unseen(scope: Scope, project: Project) -> list[SelfEnrolment]:
    """Notices of the own organisation that a coordinator of the project hasn't seen, the latest first.

    One query, two where there are any.

    Also where the enrolment has been found wrong since.
    """
    if not _first_unseen.ask(project=project.pk, owner=scope.user.organisation_id):
        return []
    visible = Enrolment.objects.own_with_void_to(scope).in_project(project)
    rows = SelfEnrolment.objects.filter(seen_at=None, enrolment__in=visible)
    return list(rows.select_related("user", "enrolment__participant__identity").order_by("-pk"))


@prepared(project=BigIntegerField(), owner=BigIntegerField())
def _first_unseen(**where: Any) -> QuerySet:
    # Each of the few is asked about: joined, SQLite begins with all cases of the owner.
    here = Enrolment.objects.filter(pk=OuterRef("enrolment"), **where)
    return SelfEnrolment.objects.filter(Exists(here), seen_at=None).values_list("pk")[:1]


def can_see_to(found: SelfEnrolment, scope: Scope) -> bool:
    """Whether the user takes it off the start page: a coordinator, and not of what they did themselves."""
    coordinated = scope.roles.with_role(Role.COORDINATOR)
    return found.user_id != scope.user.pk and found.enrolment.project_id in coordinated


@action
def see_self_enrolment(*, found: SelfEnrolment, by: User) -> None:
    """Take the notice off the start page: a coordinator has seen that somebody enrolled a person like themselves."""
    SelfEnrolment.objects.filter(pk=found.pk, seen_at=None).update(seen_at=stamp(), seen_by=by)
    log_change(by=by, part="self_enrolment_seen", persons=[found.enrolment.participant.public_id])
