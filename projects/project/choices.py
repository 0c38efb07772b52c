"""The organisations that can take part in a project."""

from accounts.models import Organisation
from projects.models import Project


def possible_parties(project: Project) -> list[Organisation]:
    """Every organisation but the host, which always takes part."""
    return list(Organisation.objects.exclude(pk=project.host_id))
