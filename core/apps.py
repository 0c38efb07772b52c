from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Grund"

    def ready(self) -> None:
        from core.operation.erasure import wipe
        from core.operation.jobs import jobs
        from core.start.databases import look_when_opened

        connection_created.connect(look_when_opened)
        jobs["wipe"] = wipe
