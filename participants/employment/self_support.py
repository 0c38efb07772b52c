"""Which steps of self-support an employment can show. It is a hint for those who judge; it decides nothing."""

from enum import Enum
from typing import Final

# By the form's code in the model's list. A form that a project has added itself counts as work.
SHOWS_NOTHING: Final = frozenset({"other"})
SHOWS_PARTLY: Final = frozenset({"part_time_studies"})


class SelfSupport(Enum):
    """How far somebody who is employed in this way supports themselves, for all that is known."""

    NONE = "none"
    PARTLY = "partly"
    FULLY = "fully"
    # It depends on whether there is other support beside it, which nobody has said.
    EITHER = "either"


def self_support(code: str, other_support: bool | None) -> SelfSupport:
    """How far an employment of the form with this code can show self-support.

    other_support: whether the person also lives on support; None where nobody has said.
    """
    if code in SHOWS_NOTHING:
        return SelfSupport.NONE
    if other_support or code in SHOWS_PARTLY:
        return SelfSupport.PARTLY
    return SelfSupport.EITHER if other_support is None else SelfSupport.FULLY
