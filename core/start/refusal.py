"""The program doesn't start, and says why in one line."""

import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

UNSAFE = "Samverkan startar inte osäkert."
TRY_IT = "Se .env.example, eller sätt DEBUG=1 för att prova med påhittade uppgifter."


def refuse_to_start(*sentences: str) -> NoReturn:
    """Say the faults on standard error and end the process with 1. Raises SystemExit where that is enough."""
    print(" ".join(" ".join(sentences).split()), file=sys.stderr, flush=True)
    # In another thread an exception would end the thread alone.
    if threading.current_thread() is not threading.main_thread():
        os._exit(1)
    raise SystemExit(1)


def refuse_faults(faults: Sequence[str], *advice: str) -> None:
    """Refuse to start if there are any faults, all in one line."""
    if faults:
        refuse_to_start(UNSAFE, *faults, *advice)
