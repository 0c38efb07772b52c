from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltagare"

    def ready(self) -> None:
        from accounts.log.access import change_requires
        from core.drafts.store import refusals
        from participants.hand_over.actions import answered_for
        from participants.scope.ways import refuse_write
        from participants.stale_forms.drafts import is_from_before_protection
        from projects.users.actions import counts_of_cases

        change_requires.append(refuse_write)
        refusals.append(is_from_before_protection)
        counts_of_cases.append(answered_for)
