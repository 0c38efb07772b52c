"""The steps that a project can set targets for."""

from projects.models import Project, Step


def names_of_steps(project: Project) -> dict[int, str]:
    """Names of steps by number, in order of number; each as in the latest of the project's current ladders with it."""
    steps = Step.objects.filter(ladder__project=project, ladder__superseded_at__isnull=True)
    names = dict(steps.order_by("ladder__valid_from").values_list("number", "name"))
    return dict(sorted(names.items()))
