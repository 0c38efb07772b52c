"""The program's log: its form, and which messages reach the console."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.middleware.RequestIdFilter"},
        "ordinary": {"()": "core.operation.logs.OrdinaryRefusals"},
    },
    "formatters": {"plain": {"()": "core.operation.logs.PlainFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["request_id", "ordinary"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Talkative at every document, and what they say may quote it.
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools", "pikepdf")},
}
