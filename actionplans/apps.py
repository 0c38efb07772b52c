from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"
    verbose_name = "Handlingsplaner"

    def ready(self) -> None:
        from actionplans.activities.actions import follow_line
        from actionplans.register.actions import forget_files, forget_old_files
        from actionplans.register.files import read_waiting_files
        from actionplans.signatures.actions import plans_in_words
        from actionplans.steps.clock import clocks_changed, refresh_project
        from actionplans.steps.limits import check_exit, check_start
        from actionplans.steps.to_judge import first_step_changed, refresh_first_steps_of
        from core.operation.jobs import jobs
        from participants.changes import after_enrolment_change, checks_of_exit, checks_of_start
        from participants.enums import MisplacedKind
        from participants.misplaced.drafts import filled_in
        from participants.papers.actions import signed_plans_of
        from participants.protection.scrubbing import after_protection
        from participants.scope.ways import written_in_emergency
        from projects.actions import after_project_change
        from projects.lists.actions import after_change_of_line

        after_enrolment_change.extend((clocks_changed, first_step_changed))
        checks_of_exit.append(check_exit)
        checks_of_start.append(check_start)
        written_in_emergency.add("meeting_create")
        filled_in["plan_edit"] = frozenset({MisplacedKind.PLAN, MisplacedKind.MILESTONE})
        after_project_change.extend((refresh_project, refresh_first_steps_of))
        after_change_of_line.append(follow_line)
        after_protection.append(forget_files)
        signed_plans_of.append(plans_in_words)
        jobs["forget_old_files"] = lambda: f"{forget_old_files()} registerfiler som har väntat för länge borttagna"
        jobs["read_waiting_files"] = lambda: f"{read_waiting_files()} registerfiler från tidigare lästa"
