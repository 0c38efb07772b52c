from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltagare"

    def ready(self) -> None:
        from accounts.log.access import change_requires
        from participants.scope.ways import refuse_write

        change_requires.append(refuse_write)
