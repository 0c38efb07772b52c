"""Texts given to factories as words."""

from typing import Any

import factory
from django.db.models import Model

from core.models import TextBody


class WordsFactory(factory.django.DjangoModelFactory):
    """Texts are given as words, and stored apart as the program does: `KeptNoteFactory(body="Trivs")`."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        texts = _texts_of(cls._meta.model)
        return {
            name: TextBody.objects.write(value) if name in texts and isinstance(value, str) else value
            for name, value in kwargs.items()
        }


def _texts_of(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.fields if field.related_model is TextBody}
