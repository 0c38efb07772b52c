"""The first coordinator of a project: appointed at the server, since there is nobody to accept them."""

from django.core.exceptions import ValidationError

from accounts.enums import Duty
from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.models import TextBody
from core.swedish.keys import clean, sort_key
from projects.enums import Role
from projects.models import Membership, Project
from projects.users.memberships import check_place


@action
def appoint_first(*, project: Project, email: str, words: str) -> User:
    """Make the user with the address coordinator from today.

    A project that has had one before, who has left, needs a reason in words. Raises ValidationError of no field where
    the project has a coordinator or the reason is missing, and where the address leads to nobody who works in projects;
    for `project` and `role` where the user's organisation can't have the role.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    on, held = stamp_day(), Membership.objects.filter(project=project, role=Role.COORDINATOR)
    living = held.on_or_after(on).filter(user__is_active=True, user__duty=Duty.CASE_WORK).select_related("user")
    if living.exists():
        names = ", ".join(sorted({str(row.user) for row in living}, key=sort_key))
        raise ValidationError(f"Projektet har redan en samordnare: {names}. Nästa godkänner hen i programmet.")
    if held.exists() and not words.strip():
        raise ValidationError("Projektet har haft en samordnare. Skriv varför en ny utses härifrån, med --reason.")
    user = _find(email)
    check_place(project, Role.COORDINATOR, user.own_organisation)
    held.on_or_after(on).filter(user=user).update(valid_until=on)
    Membership.objects.create(user=user, project=project, role=Role.COORDINATOR, valid_from=on)
    body = TextBody.objects.write(words.strip()) if words.strip() else None
    log_change(by=User.objects.system(), part="coordinator_appoint", reason=str(user.public_id), words=body)
    return user


def _find(email: str) -> User:
    """Somebody who works in projects, with an open account."""
    user = User.objects.select_for_update(of=("self",), no_key=True).filter(email=clean(email).lower()).first()
    if user is None:
        raise ValidationError(f"Ingen har kontot {email}. Låt organisationens administratör lägga upp det först.")
    if not user.is_active or user.duty != Duty.CASE_WORK:
        raise ValidationError(f"{user} arbetar inte i projekt, eller har ett stängt konto.")
    return user
