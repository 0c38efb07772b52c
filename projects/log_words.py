"""Plain Swedish names of this app's pages and actions, for the access log."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "user_list": "användarna",
    "user_create": "en användare",
    "user_detail": "en användare",
    "user_edit": "en användare",
    "user_close": "en användare",
    "user_link": "en användares länk för lösenord",
    "user_reopen": "en användare",
    "proposal_role": "ett förslag om en roll",
    "proposal_duty": "ett förslag om ett uppdrag",
    "proposal_link": "en begäran om en länk för lösenord",
    "proposal_list": "det som väntar på en person till",
    "proposal_detail": "det som väntar på en person till",
    "proposal_accept": "det som väntar på en person till",
    "proposal_decline": "det som väntar på en person till",
    "proposal_withdraw": "det som väntar på en person till",
    "coordinator_appoint": "projektets första samordnare",
    "membership_create": "en användares roller",
    "membership_end": "en användares roller",
    "project_create": "projektet",
    "project_detail": "projektet",
    "project_edit": "projektet",
    "project_choose": "projektet",
    "ladder_edit": "projektets stege",
    "targets_edit": "projektets mål",
}
