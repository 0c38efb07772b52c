from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltagare"

    def ready(self) -> None:
        from accounts.log.access import change_requires
        from core.drafts.store import refusals, told_of_readers
        from core.forms.showing import never_kept
        from core.operation.jobs import jobs
        from core.pages import Page, names
        from participants.enrolment.deadlines import refresh_project_days
        from participants.enums import MisplacedKind
        from participants.grouping.actions import follow_line as groupings_follow_line
        from participants.hand_over.actions import answered_for
        from participants.joining.keepsake import clear_keepsakes
        from participants.livelihood.actions import follow_line as livelihoods_follow_line
        from participants.misplaced.drafts import filled_in, is_from_before_a_move
        from participants.outcomes.actions import follow_line as outcomes_follow_line
        from participants.scope.ways import refuse_write
        from participants.shared_facts import IDENTITY
        from participants.stale_forms.drafts import declare_subject, is_from_before_protection
        from projects.actions import after_change_of_days
        from projects.lists.actions import after_change_of_line
        from projects.users.actions import counts_of_cases

        names[Page.WORKPLACE] = "place_edit"
        change_requires.append(refuse_write)
        told_of_readers.append(declare_subject)
        refusals.extend((is_from_before_protection, is_from_before_a_move))
        filled_in["assessment_create"] = frozenset({MisplacedKind.ASSESSMENT})
        filled_in["enrolment_exit"] = frozenset({MisplacedKind.EXIT})
        never_kept.update({*IDENTITY, "barred_number", "more"})
        counts_of_cases.append(answered_for)
        after_change_of_days.append(refresh_project_days)
        after_change_of_line.extend((outcomes_follow_line, groupings_follow_line, livelihoods_follow_line))
        jobs["clear_keepsakes"] = clear_keepsakes
