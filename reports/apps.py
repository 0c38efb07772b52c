from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from projects.models import Project


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporter"

    def ready(self) -> None:
        from projects.actions import holds_figures

        holds_figures.append(_has_adopted)


def _has_adopted(project: "Project") -> bool:
    from reports.models import Report

    return Report.objects.adopted().filter(project=project).exists()
