from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from projects.models import Project


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
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
        about_nobody.append(take_out)


def _has_adopted(project: "Project") -> bool:
    from reports.models import Report

    return Report.objects.adopted().filter(project=project).exists()
