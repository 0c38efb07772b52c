"""The second factor as an app shows it."""

import time

from allauth.mfa.totp.internal import auth as totp

PERIOD = 30
# A request of a busy machine takes a second or two, and a test sends a few.
ENOUGH = 6


def code_now(secret: str) -> str:
    """The code of the moment, good for a few seconds at least: one at the end of its period waits for the next."""
    left = PERIOD - time.time() % PERIOD
    if left < ENOUGH:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
