from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = "Insyn"

    def ready(self) -> None:
        from core.pages import Page, names

        names.update(
            {
                Page.EXTRACT: "participant_extract",
                Page.READERS: "participant_readers",
                Page.LOG_REVIEWS: "log_review_list",
                Page.LOG_REVIEW: "log_review_detail",
            }
        )
