"""What holds wherever the program is served from; gunicorn reads this file from the folder that it starts in."""

import gc

logger_class = "samverkan.server.ServerLog"
# The program is loaded once, before anything is served: what it refuses to start with is said once, and ends it.
preload_app = True
# Only what is worth a look, so that such a refusal is the one line.
loglevel = "warning"


def when_ready(server: object) -> None:
    """Before the first process is made: what has been loaded is never garbage, so no process looks through it again."""
    gc.collect()
    gc.freeze()
