from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models import Max

if TYPE_CHECKING:
    from projects.models import Project


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        from core.actions import settled_moments
        from core.pages import Page, names
        from participants.protection.scrubbing import about_nobody
        from projects.actions import holds_figures
        from reports.documents.naming import take_out

        names.update(
            {
                Page.FIGURES: "result",
                Page.REPORTS: "report_list",
            }
        )
        holds_figures.append(_has_adopted)
        settled_moments.append(_last_adopted)
        about_nobody.append(take_out)


def _has_adopted(project: "Project") -> bool:
    from reports.models import Report

    return Report.objects.adopted().filter(project=project).exists()


def _last_adopted() -> datetime | None:
    from reports.models import Report

    last: datetime | None = Report.objects.aggregate(last=Max("adopted_at"))["last"]
    return last
