"""Addresses of the participant list, enrolling, and what is done to an enrolment."""

from django.urls import path

from participants.views import (
    assessment,
    assignment,
    enrolment,
    log_review,
    participant,
    people,
    shared,
    sick_listing,
)

urlpatterns = [
    path("deltagare/", participant.participant_list, name="participant_list"),
    path("deltagare/delade/", shared.participant_shared, name="participant_shared"),
    path("deltagare/ny/", participant.participant_create, name="participant_create"),
    path("deltagare/ansvarig/", assignment.participant_assign, name="participant_assign"),
    path("inskrivningar/<uuid:public_id>/avslut/", enrolment.enrolment_exit, name="enrolment_exit"),
    path("inskrivningar/<uuid:public_id>/avslut/ta-tillbaka/", enrolment.enrolment_reopen, name="enrolment_reopen"),
    path("inskrivningar/<uuid:public_id>/ratta/", enrolment.enrolment_correct, name="enrolment_correct"),
    path("inskrivningar/<uuid:public_id>/ansvarig/", assignment.enrolment_assign, name="enrolment_assign"),
    path("inskrivningar/<uuid:public_id>/medarbetare/", people.case_people, name="case_people"),
    path("inskrivningar/<uuid:public_id>/medarbetare/avsluta/", people.case_person_end, name="case_person_end"),
    path("inskrivningar/<uuid:public_id>/kartlaggning/", assessment.assessment_create, name="assessment_create"),
    path("inskrivningar/<uuid:public_id>/sjukskrivning/", sick_listing.sick_listing_create, name="sick_listing_create"),
    path("atkomstlogg/", log_review.log_review_list, name="log_review_list"),
    path("atkomstlogg/<uuid:public_id>/", log_review.log_review_detail, name="log_review_detail"),
]
