from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltagare"

    def ready(self) -> None:
        from accounts.log.access import change_requires
        from participants.hand_over.actions import answered_for
        from participants.scope.ways import refuse_write
        from projects.users.actions import counts_of_cases

        change_requires.append(refuse_write)
        counts_of_cases.append(answered_for)
