"""Addresses of plans, meetings, steps and the register import."""

from django.urls import path

from actionplans.activities import group_views as groups
from actionplans.activities import views as activities
from actionplans.corrected_plans import milestone_views as milestones
from actionplans.corrected_plans import views as corrected_plans
from actionplans.marking import views as marking
from actionplans.meetings import correction_views as corrections
from actionplans.meetings import views as meetings
from actionplans.own_copy import views as own_copy
from actionplans.plans import placement_views as placements
from actionplans.plans import views as plan
from actionplans.register import upload_views as register_upload
from actionplans.register import views as register
from actionplans.signatures import views as signatures
from actionplans.steps import views as steps
from actionplans.workplace_sheets import views as sheets
from core.enums import MenuLine

urlpatterns = [
    path("inskrivningar/<uuid:public_id>/handlingsplan/", plan.plan_detail, name="plan_detail"),
    path("inskrivningar/<uuid:public_id>/handlingsplan/andra/", plan.plan_edit, name="plan_edit"),
    path("inskrivningar/<uuid:public_id>/handlingsplan/jamfor/", plan.plan_compare, name="plan_compare"),
    path("inskrivningar/<uuid:public_id>/handlingsplan/till-deltagaren/", own_copy.plan_copy, name="plan_copy"),
    path(
        "inskrivningar/<uuid:public_id>/handlingsplan/till-deltagaren.pdf", own_copy.plan_copy_pdf, name="plan_copy_pdf"
    ),
    path("inskrivningar/<uuid:public_id>/moten/nytt/", meetings.meeting_create, name="meeting_create"),
    path("inskrivningar/<uuid:public_id>/moten/forslag/", meetings.meeting_proposal, name="meeting_proposal"),
    path("placeringar/", placements.placement_list, name="placement_list"),
    path("handlingsplaner/<uuid:public_id>/andra/", corrected_plans.revision_edit, name="revision_edit"),
    path(
        "handlingsplaner/<uuid:public_id>/ta-tillbaka/", corrected_plans.revision_take_back, name="revision_take_back"
    ),
    path("handlingsplaner/<uuid:public_id>/fel-person/", corrected_plans.revision_misplaced, name="revision_misplaced"),
    path("delmal/<uuid:public_id>/andra/", milestones.milestone_edit, name="milestone_edit"),
    path("delmal/<uuid:public_id>/lage/", marking.milestone_mark, name="milestone_mark"),
    path("delmal/<uuid:public_id>/ta-tillbaka/", milestones.milestone_take_back, name="milestone_take_back"),
    path("delmal/<uuid:public_id>/fel-person/", milestones.milestone_misplaced, name="milestone_misplaced"),
    path("inskrivningar/<uuid:public_id>/aktiviteter/", activities.activity_create, name="activity_create"),
    path("gruppaktivitet/", groups.activity_group, name="activity_group"),
    path("gruppaktivitet/narvaro/", groups.activity_attendance, name="activity_attendance"),
    path("aktiviteter/<uuid:public_id>/", activities.activity_edit, name="activity_edit"),
    path("aktiviteter/<uuid:public_id>/avsluta/", activities.activity_end, name="activity_end"),
    path("aktiviteter/<uuid:public_id>/ta-tillbaka/", activities.activity_take_back, name="activity_take_back"),
    path("aktiviteter/<uuid:public_id>/fel-person/", activities.activity_misplaced, name="activity_misplaced"),
    path("inskrivningar/<uuid:public_id>/underskrifter/", signatures.signature_create, name="signature_create"),
    path("underskrifter/<uuid:public_id>/", signatures.signature_edit, name="signature_edit"),
    path("underskrifter/<uuid:public_id>/ta-tillbaka/", signatures.signature_take_back, name="signature_take_back"),
    path("underskrifter/<uuid:public_id>/fel-person/", signatures.signature_misplaced, name="signature_misplaced"),
    path("inskrivningar/<uuid:public_id>/arbetsplatsen/", sheets.workplace_sheet_create, name="workplace_sheet_create"),
    path("arbetsplatsblad/<uuid:public_id>/", sheets.workplace_sheet_edit, name="workplace_sheet_edit"),
    path("arbetsplatsblad/<uuid:public_id>/blad.pdf", sheets.workplace_sheet_pdf, name="workplace_sheet_pdf"),
    path(
        "arbetsplatsblad/<uuid:public_id>/ta-tillbaka/",
        sheets.workplace_sheet_take_back,
        name="workplace_sheet_take_back",
    ),
    path(
        "arbetsplatsblad/<uuid:public_id>/fel-person/",
        sheets.workplace_sheet_misplaced,
        name="workplace_sheet_misplaced",
    ),
    path("moten/<uuid:public_id>/", meetings.meeting_detail, name="meeting_detail"),
    path("moten/<uuid:public_id>/andra/", corrections.meeting_edit, name="meeting_edit"),
    path("moten/<uuid:public_id>/ta-tillbaka/", corrections.meeting_take_back, name="meeting_take_back"),
    path("moten/<uuid:public_id>/fel-person/", corrections.meeting_misplaced, name="meeting_misplaced"),
    path("moten/<uuid:public_id>/ratta/", meetings.meeting_correct, name="meeting_correct"),
    path("steg/<uuid:public_id>/ratta/", steps.step_withdraw, name="step_withdraw"),
    path("import/", register_upload.import_upload, name="import_upload"),
    path("import/<uuid:public_id>/", register.import_preview, name="import_preview"),
    path("import/<uuid:public_id>/klar/", register.import_receipt, name="import_receipt"),
    path("import/<uuid:public_id>/rader.xlsx", register.import_refused, name="import_refused"),
]

# What the names of addresses begin with that lie under a line of the menu, and where the line itself leads.
MENU = {
    MenuLine.PERSONS: {"plan", "revision", "milestone", "signature", "workplace", "activity", "meeting"},
    MenuLine.PLACEMENTS: {"placement_list"},
    MenuLine.REGISTER: {"import"},
}
MENU_STARTS = {MenuLine.PLACEMENTS: "placement_list", MenuLine.REGISTER: "import_upload"}
