"""Forms about projects."""

from projects.forms.project import ProjectForm
from projects.ladder.forms import LadderForm
from projects.targets.forms import TargetsForm

__all__ = ["LadderForm", "ProjectForm", "TargetsForm"]
