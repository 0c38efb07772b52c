"""What the page of a project's particulars shows beside what was typed."""

from projects.models import Project


def stored_project(project: Project) -> Project:
    """The project with the particulars that somebody else may have saved since `project` was read. One query.

    `project` itself is left alone: the page around the form goes on as it began.
    """
    return Project.objects.get(pk=project.pk)
