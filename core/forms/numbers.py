"""Numbers as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.swedish.typed import clean_code

# A number below nothing is refused by a field's own bounds; nobody writes one of more digits.
_NUMBER = re.compile("-?[0-9]{1,18}")


class NumberField(forms.IntegerField):
    """A whole number in plain digits.

    Notations that a program would read as numbers are none here: «1_0», «+10», «10.0» and digits of other alphabets.
    What nobody sees is dropped.
    """

    def to_python(self, value: Any) -> int | None:
        """The number that was written. Raises ValidationError (`invalid`) for anything else."""
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        text = clean_code(str(value))
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)
