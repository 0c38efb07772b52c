from collections.abc import Callable, Sequence

# What must be worked out anew when enrolments change (actionplans adds the step clock).
after_enrolment_change: list[Callable[[Sequence[int]], None]] = []


def enrolments_changed(enrolment_ids: Sequence[int]) -> None:
    """Work out what is derived from these enrolments; called inside the action that changed them."""
    for refresh in after_enrolment_change:
        refresh(enrolment_ids)
