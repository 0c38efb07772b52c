"""Plain Swedish names of this app's pages and actions, for the access log."""

# Each stands after "läste", "ändrade" and the like.
PARTS = {
    "placement_list": "listan över dem som är på placeringen",
    "plan_detail": "handlingsplanen",
    "plan_compare": "två planer bredvid varandra",
    "plan_edit": "handlingsplanen",
    "plan_copy": "planen till deltagaren",
    "plan_copy_pdf": "planen till deltagaren",
    "revision_edit": "handlingsplanen",
    "revision_take_back": "en plan som togs tillbaka",
    "revision_misplaced": "en plan som stod på fel person",
    "milestone_edit": "ett delmål",
    "milestone_mark": "ett delmål",
    "milestone_take_back": "ett delmål som togs tillbaka",
    "milestone_misplaced": "ett delmål som stod på fel person",
    "activity_group": "inbjudan till gruppaktivitet",
    "activity_attendance": "närvaro vid gruppaktivitet",
    "activity_create": "aktiviteter",
    "activity_edit": "en aktivitet",
    "activity_end": "sista dagen för en aktivitet",
    "activity_take_back": "en aktivitet som togs tillbaka",
    "activity_misplaced": "en aktivitet som stod på fel person",
    "signature_create": "underskrifter på planen",
    "signature_edit": "en underskrift på planen",
    "signature_take_back": "en underskrift som togs tillbaka",
    "signature_misplaced": "en underskrift som stod på fel person",
    "workplace_sheet_create": "blad till arbetsplatser",
    "workplace_sheet_edit": "ett blad till arbetsplatsen",
    "workplace_sheet_pdf": "ett blad till arbetsplatsen",
    "workplace_sheet_take_back": "ett blad till arbetsplatsen som togs tillbaka",
    "workplace_sheet_misplaced": "ett blad till arbetsplatsen som stod på fel person",
    "meeting_create": "ett möte",
    "meeting_proposal": "bedömningen av ett steg",
    "meeting_detail": "anteckningar från ett möte",
    "meeting_edit": "uppgifterna om ett möte",
    "meeting_take_back": "ett möte som togs tillbaka",
    "meeting_misplaced": "ett möte som stod på fel person",
    "meeting_correct": "anteckningar från ett möte",
    "step_assess": "bedömningen av ett steg",
    "step_withdraw": "bedömningen av ett steg",
    "import": "register som lästes in",
    "import_upload": "register som läses in",
    "import_preview": "register som läses in",
    "import_receipt": "register som lästes in",
    "import_refused": "rader som inte kunde läsas in ur ett register",
}
DONE = {"import": "Läste in ett register", "meeting_create": "Skrev in ett möte"}
# What isn't read by opening the page where something new is written down.
OPENED = {"meeting_create": "Öppnade sidan för ett nytt möte, som visar den senaste anteckningen om det finns någon"}
# What is done with many persons by one press is one event to a reviewer, about so many of these.
AT_ONCE = {"import": "deltagare,deltagare"}
