"""Addresses of figures and reports."""

from django.urls import path

from core.enums import MenuLine
from reports.documents import release_views as release
from reports.documents import views as report
from reports.pages import persons, result

urlpatterns = [
    path("resultat/", result.result, name="result"),
    path("resultat/personer/", persons.result_persons, name="result_persons"),
    path("rapporter/", report.report_list, name="report_list"),
    path("rapporter/ny/", report.report_create, name="report_create"),
    path("rapporter/<uuid:public_id>.pdf", report.report_pdf, name="report_pdf"),
    path("rapporter/<uuid:public_id>/", report.report_detail, name="report_detail"),
    path("rapporter/<uuid:public_id>/andra/", report.report_edit, name="report_edit"),
    path("rapporter/<uuid:public_id>/slapp/", release.report_release, name="report_release"),
    path("rapporter/<uuid:public_id>/anta/", report.report_adopt, name="report_adopt"),
]

# What the names of addresses begin with that lie under a line of the menu, and where the line itself leads.
MENU = {
    MenuLine.FIGURES: {"result"},
    MenuLine.REPORTS: {"report"},
}
MENU_STARTS = {MenuLine.FIGURES: "result", MenuLine.REPORTS: "report_list"}
