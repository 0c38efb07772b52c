"""Reads for the page that shows a project's stored particulars beside those that the user has typed."""

from projects.models import Project


def stored_project(project: Project) -> Project:
    """The project with the particulars that somebody else may have saved since `project` was read. One query.

    `project` itself is left alone: the page around the form goes on as it began.
    """
    return Project.objects.get(pk=project.pk)
