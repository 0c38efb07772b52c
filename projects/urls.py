"""Addresses of the project's pages."""

from django.urls import path

from core.enums import MenuLine
from projects.ladder.views import ladder_edit
from projects.lists.views import listed_create, listed_edit, listed_list
from projects.project.views import project_choose, project_detail, project_edit
from projects.proposals.views import proposal_detail, proposal_list
from projects.questions.views import questions_edit, questions_paper
from projects.targets.views import targets_edit
from projects.users.views import membership_create, user_close, user_create, user_detail, user_edit, user_list

urlpatterns = [
    path("projekt/", project_detail, name="project_detail"),
    path("projekt/andra/", project_edit, name="project_edit"),
    path("projekt/stege/", ladder_edit, name="ladder_edit"),
    path("projekt/mal/", targets_edit, name="targets_edit"),
    path("projekt/listor/", listed_list, name="listed_list"),
    path("projekt/listor/ny/", listed_create, name="listed_create"),
    path("projekt/listor/<uuid:public_id>/", listed_edit, name="listed_edit"),
    path("projekt/kartlaggning/", questions_edit, name="questions_edit"),
    path("projekt/kartlaggning/blankett.pdf", questions_paper, name="questions_paper"),
    path("projekt/valj/", project_choose, name="project_choose"),
    path("godkanna/", proposal_list, name="proposal_list"),
    path("godkanna/<uuid:public_id>/", proposal_detail, name="proposal_detail"),
    path("anvandare/", user_list, name="user_list"),
    path("anvandare/ny/", user_create, name="user_create"),
    path("anvandare/<uuid:public_id>/", user_detail, name="user_detail"),
    path("anvandare/<uuid:public_id>/andra/", user_edit, name="user_edit"),
    path("anvandare/<uuid:public_id>/stang/", user_close, name="user_close"),
    path("anvandare/<uuid:public_id>/roller/", membership_create, name="membership_create"),
]

# What the names of addresses begin with that lie under a line of the menu, and where the line itself leads.
MENU = {
    MenuLine.PROJECT: {"project", "ladder", "targets", "listed", "questions"},
    MenuLine.USERS: {"user", "membership"},
    MenuLine.PROPOSALS: {"proposal"},
}
MENU_STARTS = {MenuLine.PROJECT: "project_detail", MenuLine.USERS: "user_list", MenuLine.PROPOSALS: "proposal_list"}
