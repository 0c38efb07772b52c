"""What holds wherever the program is served from; gunicorn reads this file from the folder that it starts in."""

logger_class = "samverkan.server.ServerLog"
