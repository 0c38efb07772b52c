"""Addresses of the project's pages."""

from django.urls import path

from projects.views.ladder import ladder_edit
from projects.views.project import project_choose, project_detail, project_edit
from projects.views.targets import targets_edit

urlpatterns = [
    path("projekt/", project_detail, name="project_detail"),
    path("projekt/andra/", project_edit, name="project_edit"),
    path("projekt/stege/", ladder_edit, name="ladder_edit"),
    path("projekt/mal/", targets_edit, name="targets_edit"),
    path("projekt/valj/", project_choose, name="project_choose"),
]
