"""Addresses of insight and control: registerutdrag, who has read, log review."""

from django.urls import path

from core.enums import MenuLine
from oversight.extract import views as extract
from oversight.log import views as log_review

urlpatterns = [
    path("atkomstlogg/", log_review.log_review_list, name="log_review_list"),
    path("atkomstlogg/<uuid:public_id>/", log_review.log_review_detail, name="log_review_detail"),
    path("deltagare/<uuid:public_id>/vem-har-last/", extract.participant_readers, name="participant_readers"),
    path("deltagare/<uuid:public_id>/registerutdrag/", extract.participant_extract, name="participant_extract"),
    path(
        "deltagare/<uuid:public_id>/registerutdrag.pdf", extract.participant_extract_pdf, name="participant_extract_pdf"
    ),
    path(
        "deltagare/<uuid:public_id>/registerutdrag.json",
        extract.participant_extract_json,
        name="participant_extract_json",
    ),
]

# Beginnings of the names of addresses under a line of the menu, and the address of the line itself.
MENU = {
    MenuLine.PERSONS: {"participant"},
    MenuLine.LOG: {"log_review"},
}
MENU_STARTS = {MenuLine.LOG: "log_review_list"}
