"""Reads for the pages of a project's lists."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from projects.models import Listed, Project


def lines_of(project: Project) -> list[Listed]:
    """All lines of the project's lists, by name. One query."""
    return list(Listed.objects.filter(project=project))


def own_line(project: Project, public_id: UUID) -> Listed:
    """A line of the project's own. Raises Http404 where it has none of that id."""
    return get_object_or_404(Listed, project=project, public_id=public_id)
