"""What holds wherever the program is served from; gunicorn reads this file from the folder that it starts in."""

logger_class = "samverkan.server.ServerLog"
# The program is loaded once, before anything is served: what it refuses to start with is said once, and ends it.
preload_app = True
# Only what is worth a look, so that such a refusal is the one line.
loglevel = "warning"
