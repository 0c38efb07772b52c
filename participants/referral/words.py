"""Words that several of a referral's forms say."""

from typing import Final

# The label of how it ended, or that it waits.
STATE: Final = "Läge"
