from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Ärenden"

    def ready(self) -> None:
        from core.pages import Page, names

        names.update(
            {
                Page.HOME: "home",
                Page.DRAFTS: "draft_list",
                Page.CASE_LIST: "participant_list",
                Page.CASE: "enrolment_detail",
                Page.PERSON: "participant_detail",
                Page.SHEET: "case_sheet",
            }
        )
