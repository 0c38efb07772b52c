"""Addresses of the work list, the list of cases and the page of a case."""

from django.urls import path

from casework.case import views as case
from casework.caseload import bulk_views as bulk
from casework.caseload import shared_views as shared
from casework.caseload import views as caseload
from casework.drafts.views import draft_list
from casework.sheet import views as sheet
from casework.worklist import views as worklist
from core.enums import MenuLine

urlpatterns = [
    path("utkast/", draft_list, name="draft_list"),
    path("", worklist.home, name="home"),
    path("deltagare/<uuid:public_id>/", case.participant_detail, name="participant_detail"),
    path("inskrivningar/<uuid:public_id>/", case.enrolment_detail, name="enrolment_detail"),
    path("inskrivningar/<uuid:public_id>/overlamningsblad/", sheet.case_sheet, name="case_sheet"),
    path("inskrivningar/<uuid:public_id>/overlamningsblad.pdf", sheet.case_sheet_pdf, name="case_sheet_pdf"),
    path("deltagare/", caseload.participant_list, name="participant_list"),
    path("deltagare/delade/", shared.participant_shared, name="participant_shared"),
    path("deltagare/ansvarig/", bulk.participant_assign, name="participant_assign"),
]

# Beginnings of the names of addresses under a line of the menu, and the address of the line itself.
MENU = {
    MenuLine.TASKS: {"home", "draft"},
    MenuLine.PERSONS: {"participant", "enrolment"},
}
MENU_STARTS = {MenuLine.TASKS: "home", MenuLine.PERSONS: "participant_list"}
