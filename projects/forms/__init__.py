"""Forms about projects."""

from projects.forms.ladder import LadderForm
from projects.forms.project import ProjectForm
from projects.forms.targets import TargetsForm

__all__ = ["LadderForm", "ProjectForm", "TargetsForm"]
