"""Addresses of enrolling, and of what is done to an enrolment."""

from django.urls import path

from core.enums import MenuLine
from participants.abilities import views as abilities
from participants.areas import correction_views as area_corrections
from participants.areas import views as areas
from participants.assessment import correction_views as assessment_corrections
from participants.assessment import views as assessment
from participants.assignment import people_views as people
from participants.assignment import views as assignment
from participants.certificates import views as certificates
from participants.consent import end_views as consent_end
from participants.consent import views as consent
from participants.consent_mistakes import correction_views as corrections
from participants.consent_mistakes import views as consent_mistakes
from participants.counted_only import views as counted_only
from participants.emergency import views as emergency
from participants.employment import views as employment
from participants.enrolment import enrol_views as enrol
from participants.enrolment import views as enrolment
from participants.exits import views as exits
from participants.grouping import views as grouping
from participants.hand_over import views as hand_over
from participants.joining import views as same_person
from participants.legal_ground import views as legal_ground
from participants.livelihood import views as livelihood
from participants.outcomes import views as outcomes
from participants.papers import views as papers
from participants.placement import amend_views as placed
from participants.placement import views as placement
from participants.protected_number import views as protected_notice
from participants.protection import text_views as texts
from participants.protection import views as protection
from participants.referral import views as referral
from participants.referral_protection import views as referral_protected
from participants.self_enrolment import views as self_enrolment
from participants.sick_listing import views as sick
from participants.sip import views as sip
from participants.stale_forms import views as kept
from participants.talks import views as talks
from participants.twins import views as twins
from participants.void import views as void
from participants.workplaces import views as workplaces

urlpatterns = [
    path("deltagare/ny/", enrol.participant_create, name="participant_create"),
    path("deltagare/ny/skyddad/", protection.participant_create_protected, name="participant_create_protected"),
    path("deltagare/<uuid:public_id>/skydd/", protection.participant_protect, name="participant_protect"),
    path("deltagare/<uuid:public_id>/samma-person/", same_person.participant_same, name="participant_same"),
    path("deltagare/tva-ganger/", twins.twins_list, name="twins_list"),
    path("deltagare/<uuid:public_id>/tva-ganger/", twins.twins_find, name="twins_find"),
    path("deltagare/<uuid:public_id>/tva-ganger/angra/", twins.twins_part, name="twins_part"),
    path("deltagare/<uuid:public_id>/tva-ganger/<uuid:other>/", twins.twins_join, name="twins_join"),
    path("deltagare/sjalv/sett/", self_enrolment.self_enrolment_seen, name="self_enrolment_seen"),
    path("deltagare/raknas/", counted_only.counted_only_create, name="counted_only_create"),
    path("deltagare/raknas/ta-tillbaka/", counted_only.counted_only_take_back, name="counted_only_take_back"),
    path("deltagare/overlamna/", hand_over.caseload_hand_over, name="caseload_hand_over"),
    path("deltagare/overlamna/klart/", hand_over.caseload_receipt, name="caseload_receipt"),
    path("deltagare/nodoppna/", emergency.emergency_open, name="emergency_open"),
    path("deltagare/nodoppna/sett/", emergency.emergency_seen, name="emergency_seen"),
    path("deltagare/skydd/sett/", protected_notice.protected_notice_seen, name="protected_notice_seen"),
    path("anvisningar/", referral.referral_list, name="referral_list"),
    path("anvisningar/ny/", referral.referral_create, name="referral_create"),
    path("anvisningar/<uuid:public_id>/", referral.referral_detail, name="referral_detail"),
    path("anvisningar/<uuid:public_id>/andra/", referral.referral_edit, name="referral_edit"),
    path("anvisningar/<uuid:public_id>/avsluta/", referral.referral_end, name="referral_end"),
    path("anvisningar/<uuid:public_id>/oppna/", referral.referral_reopen, name="referral_reopen"),
    path("anvisningar/<uuid:public_id>/skriv-in/", referral.referral_enrol, name="referral_enrol"),
    path(
        "anvisningar/<uuid:public_id>/skriv-in-utan-namn/",
        referral_protected.referral_enrol_protected,
        name="referral_enrol_protected",
    ),
    path("anvisningar/<uuid:public_id>/skydd/", referral_protected.referral_protect, name="referral_protect"),
    path("inskrivningar/<uuid:public_id>/texter/", texts.enrolment_texts, name="enrolment_texts"),
    path("inskrivningar/<uuid:public_id>/avslut/", exits.enrolment_exit, name="enrolment_exit"),
    path("inskrivningar/<uuid:public_id>/avslut/ta-tillbaka/", exits.enrolment_reopen, name="enrolment_reopen"),
    path("inskrivningar/<uuid:public_id>/avslut/fel-person/", exits.exit_misplaced, name="exit_misplaced"),
    path("inskrivningar/<uuid:public_id>/utfall/", outcomes.outcome_create, name="outcome_create"),
    path("utfall/<uuid:public_id>/", outcomes.outcome_edit, name="outcome_edit"),
    path("utfall/<uuid:public_id>/ta-tillbaka/", outcomes.outcome_take_back, name="outcome_take_back"),
    path("utfall/<uuid:public_id>/fel-person/", outcomes.outcome_misplaced, name="outcome_misplaced"),
    path("inskrivningar/<uuid:public_id>/malgrupp/", grouping.grouping_create, name="grouping_create"),
    path("malgrupper/<uuid:public_id>/", grouping.grouping_edit, name="grouping_edit"),
    path("malgrupper/<uuid:public_id>/ta-tillbaka/", grouping.grouping_take_back, name="grouping_take_back"),
    path("malgrupper/<uuid:public_id>/fel-person/", grouping.grouping_misplaced, name="grouping_misplaced"),
    path("inskrivningar/<uuid:public_id>/stodsamtal/", talks.talk_create, name="talk_create"),
    path("stodsamtal/<uuid:public_id>/", talks.talk_edit, name="talk_edit"),
    path("stodsamtal/<uuid:public_id>/ta-tillbaka/", talks.talk_take_back, name="talk_take_back"),
    path("stodsamtal/<uuid:public_id>/fel-person/", talks.talk_misplaced, name="talk_misplaced"),
    path("inskrivningar/<uuid:public_id>/papper/", papers.paper_create, name="paper_create"),
    path("papper/<uuid:public_id>/", papers.paper_edit, name="paper_edit"),
    path("papper/<uuid:public_id>/sidor/", papers.paper_file, name="paper_file"),
    path("papper/<uuid:public_id>/ta-tillbaka/", papers.paper_take_back, name="paper_take_back"),
    path("papper/<uuid:public_id>/fel-person/", papers.paper_misplaced, name="paper_misplaced"),
    path("inskrivningar/<uuid:public_id>/praktikintyg/", certificates.certificate_create, name="certificate_create"),
    path("praktikintyg/<uuid:public_id>/", certificates.certificate_edit, name="certificate_edit"),
    path("praktikintyg/<uuid:public_id>/intyg.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path(
        "praktikintyg/<uuid:public_id>/ta-tillbaka/",
        certificates.certificate_take_back,
        name="certificate_take_back",
    ),
    path(
        "praktikintyg/<uuid:public_id>/fel-person/",
        certificates.certificate_misplaced,
        name="certificate_misplaced",
    ),
    path("inskrivningar/<uuid:public_id>/sip/", sip.sip_create, name="sip_create"),
    path("sip/<uuid:public_id>/", sip.sip_edit, name="sip_edit"),
    path("sip/<uuid:public_id>/ta-tillbaka/", sip.sip_take_back, name="sip_take_back"),
    path("sip/<uuid:public_id>/fel-person/", sip.sip_misplaced, name="sip_misplaced"),
    path("inskrivningar/<uuid:public_id>/arbetsformaga/", abilities.ability_list, name="ability_list"),
    path("inskrivningar/<uuid:public_id>/arbetsformaga/ny/", abilities.ability_create, name="ability_create"),
    path("arbetsformaga/<uuid:public_id>/", abilities.ability_edit, name="ability_edit"),
    path("arbetsformaga/<uuid:public_id>/ta-tillbaka/", abilities.ability_take_back, name="ability_take_back"),
    path("arbetsformaga/<uuid:public_id>/fel-person/", abilities.ability_misplaced, name="ability_misplaced"),
    path("formulartexter/<uuid:public_id>/fel-person/", kept.kept_note_misplaced, name="kept_note_misplaced"),
    path("inskrivningar/<uuid:public_id>/ratta/", enrolment.enrolment_correct, name="enrolment_correct"),
    path("inskrivningar/<uuid:public_id>/felregistrerad/", void.void_ask, name="void_ask"),
    path("inskrivningar/<uuid:public_id>/felregistrerad/avsta/", void.void_drop, name="void_drop"),
    path("inskrivningar/<uuid:public_id>/felregistrerad/svara/", void.void_decide, name="void_decide"),
    path("inskrivningar/<uuid:public_id>/felregistrerad/angra/", void.void_undo, name="void_undo"),
    path("deltagare/felregistrerade/", void.void_list, name="void_list"),
    path("inskrivningar/<uuid:public_id>/ansvarig/", assignment.enrolment_assign, name="enrolment_assign"),
    path("inskrivningar/<uuid:public_id>/medarbetare/", people.case_people, name="case_people"),
    path("inskrivningar/<uuid:public_id>/medarbetare/avsluta/", people.case_person_end, name="case_person_end"),
    path("arbetsplatser/", workplaces.place_list, name="place_list"),
    path("arbetsplatser/ny/", workplaces.place_create, name="place_create"),
    path("arbetsplatser/<uuid:public_id>/", workplaces.place_edit, name="place_edit"),
    path("inskrivningar/<uuid:public_id>/placering/", placement.placement_create, name="placement_create"),
    path("placeringar/<uuid:public_id>/", placement.placement_edit, name="placement_edit"),
    path("placeringar/<uuid:public_id>/ta-tillbaka/", placed.placement_take_back, name="placement_take_back"),
    path("placeringar/<uuid:public_id>/fel-person/", placed.placement_misplaced, name="placement_misplaced"),
    path("placeringar/<uuid:public_id>/ta-bort/", placed.placement_remove, name="placement_remove"),
    path("inskrivningar/<uuid:public_id>/kartlaggning/", areas.assessment_create, name="assessment_create"),
    path("kartlaggningar/<uuid:public_id>/klar/", areas.assessment_complete, name="assessment_complete"),
    path(
        "kartlaggningar/<uuid:public_id>/paborjad/ta-tillbaka/",
        areas.assessment_work_take_back,
        name="assessment_work_take_back",
    ),
    path(
        "kartlaggningar/<uuid:public_id>/paborjad/fel-person/",
        areas.assessment_work_misplaced,
        name="assessment_work_misplaced",
    ),
    path(
        "kartlaggningar/<uuid:public_id>/egna-ord/",
        area_corrections.assessment_own_words,
        name="assessment_own_words",
    ),
    path("kartlaggningar/<uuid:public_id>/jamfor/", assessment.assessment_compare, name="assessment_compare"),
    path("kartlaggningar/omraden/<uuid:public_id>/andra/", area_corrections.area_edit, name="area_edit"),
    path("kartlaggningar/<uuid:public_id>/", assessment.assessment_detail, name="assessment_detail"),
    path("kartlaggningar/<uuid:public_id>/andra/", assessment_corrections.assessment_edit, name="assessment_edit"),
    path(
        "kartlaggningar/<uuid:public_id>/ta-tillbaka/",
        assessment_corrections.assessment_take_back,
        name="assessment_take_back",
    ),
    path(
        "kartlaggningar/<uuid:public_id>/fel-person/",
        assessment_corrections.assessment_misplaced,
        name="assessment_misplaced",
    ),
    path("inskrivningar/<uuid:public_id>/sjukskrivning/", sick.sick_listing_create, name="sick_listing_create"),
    path("sjukskrivningar/<uuid:public_id>/", sick.sick_listing_edit, name="sick_listing_edit"),
    path(
        "sjukskrivningar/<uuid:public_id>/ta-tillbaka/",
        sick.sick_listing_take_back,
        name="sick_listing_take_back",
    ),
    path(
        "sjukskrivningar/<uuid:public_id>/fel-person/",
        sick.sick_listing_misplaced,
        name="sick_listing_misplaced",
    ),
    path("inskrivningar/<uuid:public_id>/anstallning/", employment.employment_create, name="employment_create"),
    path("anstallningar/<uuid:public_id>/", employment.employment_edit, name="employment_edit"),
    path("anstallningar/<uuid:public_id>/ta-tillbaka/", employment.employment_take_back, name="employment_take_back"),
    path("anstallningar/<uuid:public_id>/fel-person/", employment.employment_misplaced, name="employment_misplaced"),
    path("inskrivningar/<uuid:public_id>/forsorjning/", livelihood.livelihood_list, name="livelihood_list"),
    path("inskrivningar/<uuid:public_id>/forsorjning/ny/", livelihood.livelihood_create, name="livelihood_create"),
    path("forsorjning/<uuid:public_id>/", livelihood.livelihood_edit, name="livelihood_edit"),
    path("forsorjning/<uuid:public_id>/ta-tillbaka/", livelihood.livelihood_take_back, name="livelihood_take_back"),
    path("forsorjning/<uuid:public_id>/fel-person/", livelihood.livelihood_misplaced, name="livelihood_misplaced"),
    path("inskrivningar/<uuid:public_id>/samtycke/", consent.consent_list, name="consent_list"),
    path("inskrivningar/<uuid:public_id>/samtycke/nytt/", consent.consent_create, name="consent_create"),
    path("inskrivningar/<uuid:public_id>/samtycke/blankett.pdf", consent.consent_paper, name="consent_paper"),
    path("inskrivningar/<uuid:public_id>/samtycke/mote/", consent.consent_meeting, name="consent_meeting"),
    path("inskrivningar/<uuid:public_id>/samtycke/grund/", legal_ground.consent_ground, name="consent_ground"),
    path("samtycken/<uuid:public_id>/fornya/", consent_end.consent_renew, name="consent_renew"),
    path("samtycken/<uuid:public_id>/aterkalla/", consent_end.consent_withdraw, name="consent_withdraw"),
    path("samtycken/<uuid:public_id>/ta-tillbaka/", consent_mistakes.consent_take_back, name="consent_take_back"),
    path("samtycken/<uuid:public_id>/fel-person/", consent_mistakes.consent_misplaced, name="consent_misplaced"),
    path("samtycken/<uuid:public_id>/ratta/", corrections.consent_edit, name="consent_edit"),
    path("grunder/<uuid:public_id>/ratta/", legal_ground.ground_edit, name="ground_edit"),
    path("grunder/<uuid:public_id>/ta-tillbaka/", legal_ground.ground_take_back, name="ground_take_back"),
    path("grunder/<uuid:public_id>/fel-person/", legal_ground.ground_misplaced, name="ground_misplaced"),
]

# What the names of addresses begin with that lie under a line of the menu.
MENU = {
    MenuLine.PERSONS: {
        *("participant", "counted_only", "enrolment", "assessment", "area", "consent", "case", "ground"),
        *(
            "referral",
            "emergency",
            "void",
            "twins",
            "exit",
            "kept",
            "place_list",
            "place_create",
            "place_edit",
            "placement_create",
            "placement_edit",
            "placement_take_back",
            "placement_misplaced",
            "sick_listing",
            "employment",
            "livelihood",
            "outcome",
            "grouping",
            "talk",
            "sip",
            "paper",
            "certificate",
            "ability",
        ),
    },
}
