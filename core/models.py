"""Domain-free records: free text, files, drafts and one-time form tokens."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models

from core.enums import Category, Disposal, Use
from core.facts import digest
from core.prepared.writes import insert
from core.swedish.keys import sort_key
from core.swedish.words import plural


class TextBodyManager(models.Manager["TextBody"]):
    """Makes bodies that know their own digest."""

    def write(self, text: str) -> "TextBody":
        """Store a free text."""
        body = TextBody.of(text)
        insert([body])
        return body

    def create_all(self, texts: list[str]) -> list["TextBody"]:
        """Store many free texts in one go."""
        return self.bulk_create([TextBody.of(text) for text in texts])

    def lock(self, keys: Iterable[int]) -> None:
        """Let nobody else change or blank these texts (primary keys) until the transaction ends."""
        list(self.filter(pk__in=list(keys)).order_by("pk").select_for_update(no_key=True).values_list("pk"))


class TextBody(models.Model):
    """Free text about a person: the only place where it stands, so that disposal can blank it."""

    personal_category: ClassVar[Category] = Category.MEETINGS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "text": Disposal.TEXT,
        "salt": Disposal.CODE,
        "digest": Disposal.CODE,
    }

    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    objects = TextBodyManager()

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, text: str) -> Self:
        """An unsaved body with its digest."""
        salt = uuid.uuid4().hex
        return cls(text=text, salt=salt, digest=digest(text, salt))


class StoredFileManager(models.Manager["StoredFile"]):
    """Keeps files, and lets go of what they hold."""

    def keep(self, content: bytes, pages: int) -> "StoredFile":
        """Store a document of so many pages."""
        return self.create(content=content, pages=pages, digest=hashlib.sha256(content).hexdigest())

    def blank(self, keys: Iterable[int]) -> int:
        """Let go of the content of these files (primary keys), for good. Gives how many had any."""
        return self.filter(pk__in=list(keys)).exclude(content=None).update(content=None, digest="")


class StoredFile(models.Model):
    """A file about a person: the only place where it stands, so that disposal can blank it. It never changes; one that
    has been let go of has no content."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "content": Disposal.TEXT,
        "digest": Disposal.CODE,
        "pages": Disposal.CODE,
    }

    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, editable=False)
    pages = models.PositiveSmallIntegerField("sidor")

    objects = StoredFileManager()

    def __str__(self) -> str:
        return plural(self.pages, "sida,sidor")


# Where words and files stand, apart from the rows that they belong to.
APART: Final = (TextBody, StoredFile)


class SortedByName(models.Model):
    """Something with a `name`, in the order of the Swedish alphabet. Its key is written by every `save`."""

    name: str
    sort_key = models.CharField(max_length=400, editable=False, default="", db_default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the name."""
        self.sort_key = sort_key(self.name)[:400]
        changed = kwargs.get("update_fields")
        if changed is not None and "name" in changed:
            kwargs["update_fields"] = {*changed, "sort_key"}
        super().save(*args, **kwargs)


class Draft(models.Model):
    """A form's answers that have been typed but not saved, kept on the server for their author alone.

    `address` is the page's, `form` which of the page's forms it is, `subject` the public id of the case that the page
    is about. `token` is that of the opened page which typed last: two windows have a draft each. `data` has what was
    typed by the name of each answer, a list each; `labels` what the page calls the answers that take words.
    """

    dropped_whole: ClassVar[bool] = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    address = models.CharField(max_length=300, default="", blank=True)
    token = models.UUIDField(default=uuid.uuid4)
    subject = models.UUIDField(null=True, blank=True)
    data = models.JSONField()
    labels = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["author", "address", "form", "token"], name="draft_one_per_opened_form"),
        )
        indexes = (models.Index(fields=["author", "-saved_at"], name="draft_by_author"),)

    def __str__(self) -> str:
        return f"Utkast {self.form}"


class FormToken(models.Model):
    """A form that has been saved: the second press of the button finds the first one's receipt."""

    token = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made = models.UUIDField()
    # Of all that was sent, keyed: the same form sent with other words isn't the same press.
    content = models.CharField(max_length=64, blank=True, default="")
    used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # Of each user: a token that somebody else has used is as good as a new one.
        constraints = (models.UniqueConstraint(fields=["user", "token"], name="form_token_once_for_each_user"),)

    def __str__(self) -> str:
        return str(self.token)


class DatabaseUse(models.Model):
    """The purpose that this database has been taken into use for, and since when: real and invented data never share
    one."""

    use = models.CharField(max_length=20, choices=Use.choices, unique=True)
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.get_use_display()
