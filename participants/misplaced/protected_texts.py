"""Texts that were written on the wrong person, where one of the two persons is protected: they wait to be read where
they stand now."""

from collections.abc import Collection

from core.models import TextBody
from participants.models import Participant, TextToCheck
from participants.protection.scrubbing import list_text, own_texts


def follow(texts: Collection[int], wrong: Participant, right: Participant | None) -> None:
    """Let what waits in these texts (primary keys) follow them to the right person's file, and let go of what waits in
    blank ones. Part of the action that has locked them, and moved them or taken them away.

    Out of a protected person's file a text is one about somebody else, and waits there. In such a file it waits as
    every text of the file does: who wrote it had another person in mind.
    """
    rows = TextToCheck.objects.filter(body__in=texts)
    rows.filter(body__text="").delete()
    if right == wrong:
        return
    rows.filter(participant=wrong).exclude(checked_at=None).delete()
    rows.filter(participant=wrong).update(is_about_another=True)
    if right is None:
        return
    rows.waiting().filter(participant=right).update(is_about_another=False)
    if right.is_protected:
        _list(texts, right)


def _list(texts: Collection[int], right: Participant) -> None:
    owners = own_texts(right)
    for body in TextBody.objects.filter(pk__in=texts).exclude(text="").order_by("pk"):
        if body.pk in owners:
            list_text(right, body, owners[body.pk], [])
