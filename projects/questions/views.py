"""The page where a project words its helping questions, and the form on paper that has them."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from core.forms.saving import saved
from core.pdf import process as pdf
from core.pdf.signs import undrawn
from projects.enums import Permission
from projects.exports import PDF, export, may_export
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.models import Project
from projects.questions.actions import word_questions
from projects.questions.forms import QuestionsForm, questions_facts
from projects.questions.page import questions_of

logger = logging.getLogger(__name__)


@require_permission(Permission.EDIT_PROJECT)
def questions_edit(request: ProjectRequest) -> HttpResponse:
    """Change the questions that stand beside each area of a kartläggning."""
    project = request.project
    form = QuestionsForm(request.POST or None, shared=questions_facts(project))

    def word() -> UUID:
        return word_questions(project=project, questions=form.questions, by=request.user).public_id

    if saved(request, form, word, "Frågorna är sparade. De står i kartläggningen från och med nu."):
        return redirect("project_detail")
    may_print = may_export(request, PDF)
    missing = undrawn(_html(project)) if may_print else []
    context = {"form": form, "may_print": may_print, "undrawn": missing}
    return render(request, "projects/questions/questions_edit.html", context)


@require_permission(Permission.SEE_PROJECT)
def questions_paper(request: ProjectRequest) -> HttpResponse:
    """The areas with their questions as a PDF file, to fill in by hand together. It is about nobody."""
    html = _html(request.project)
    try:
        return export(request, PDF, name="Kartläggning att fylla i", make=lambda: pdf.render(html))
    except pdf.PdfFailedError:
        logger.exception("a form of a kartläggning could not be made into a document")
        messages.error(request, "Blanketten gick inte att göra. Försök igen, eller korta frågorna om de är långa.")
        return redirect("project_detail")


def _html(project: Project) -> str:
    """The page that the PDF is made of."""
    areas = [(area, questions.splitlines()) for area, questions in questions_of(project).items()]
    return render_to_string("projects/questions/questions_paper.html", {"project": project, "areas": areas})
