"""The web server's own log, written as the program's is: an address that was asked for names a person's case."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from core.operation.logs import PlainFormatter


class ServerLog(Logger):
    """Gunicorn's log without addresses, ids and what errors say."""

    def setup(self, cfg: Config) -> None:
        """Take gunicorn's own way of writing lines away."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(PlainFormatter())
