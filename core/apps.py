from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Grund"

    def ready(self) -> None:
        from core.erasure import wipe
        from core.jobs import jobs

        jobs["wipe"] = wipe
