"""The page where a project words its helping questions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.questions.actions import word_questions
from projects.questions.forms import QuestionsForm, questions_facts


@require_permission(Permission.EDIT_PROJECT)
def questions_edit(request: ProjectRequest) -> HttpResponse:
    """Change the questions that stand beside each area of a kartläggning."""
    project = request.project
    form = QuestionsForm(request.POST or None, shared=questions_facts(project))

    def word() -> UUID:
        return word_questions(project=project, questions=form.questions, by=request.user).public_id

    if saved(request, form, word, "Frågorna är sparade. De står i kartläggningen från och med nu."):
        return redirect("project_detail")
    return render(request, "projects/questions/questions_edit.html", {"form": form})
