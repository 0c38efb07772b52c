"""Projects, their ladder of steps, their result targets and their members."""

from projects.models.ladder import Ladder, Step, StepCriterion
from projects.models.listed import Listed
from projects.models.membership import Membership
from projects.models.project import Project, ProjectOrganisation

# The first migration asks for it here.
from projects.models.project import _default_beyond_control as _default_beyond_control
from projects.models.questions import AreaQuestions
from projects.models.target import ResultTarget, TargetVersion
from projects.models.version import Version
from projects.models.workplace import Workplace

# A model of its own folder; Django looks for models here.
from projects.proposals.models import Proposal

__all__ = [
    "AreaQuestions",
    "Ladder",
    "Listed",
    "Membership",
    "Project",
    "ProjectOrganisation",
    "Proposal",
    "ResultTarget",
    "Step",
    "StepCriterion",
    "TargetVersion",
    "Version",
    "Workplace",
]
