"""Tries the cases that need a browser: BASE=… CHROMIUM=… python -m tests.http.field.in_browser [back …]"""

import os
import sys
import time

from playwright.sync_api import sync_playwright

BASE = os.environ.get("BASE", "http://127.0.0.1:8000")
BUTTON = "main form button.btn-primary"
NOTE, SUMMARY = "textarea[name=text]", "textarea[name=adaptation]"


def tell(name, ok, evidence):
    print(f"{'HELD  ' if ok else 'FAILED'} {name}: {evidence}")
    return ok


def log_in(page):
    page.goto(BASE + "/logga-in/")
    page.fill("input[name=login]", "hanna@example.se")
    page.fill("input[name=password]", "prova-samverkan")
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def press(page):
    """Save, and wait for the answer: what is typed is kept as a draft before it is sent."""
    with page.expect_navigation():
        page.click(BUTTON)


def case_of(page, place):
    page.goto(BASE + "/deltagare/")
    return page.query_selector_all("main tbody a[href*='/inskrivningar/']")[place].get_attribute("href")


def back(context, page):
    """Save, Back, Save."""
    case, note = case_of(page, 1), f"Sparad, tillbaka, sparad {time.time()}."
    page.goto(BASE + case + "moten/nytt/")
    page.fill(NOTE, note)
    press(page)
    page.go_back()
    page.wait_for_load_state()
    if page.query_selector(NOTE) and page.input_value(NOTE):
        press(page)
    page.goto(BASE + case)
    count = page.inner_text("main").count(note)
    return tell("back: Save, Back, Save", count == 1, f"{count} meetings with the same words")


def stopped(context, page):
    """A save that is stopped (Esc, the cross by the address): the page is still there and can be sent again."""
    page.goto(BASE + case_of(page, 2) + "moten/nytt/")
    page.fill(NOTE, "Skriven strax innan sparandet avbröts.")
    page.evaluate("button => setTimeout(() => { document.querySelector(button).click(); window.stop(); }, 100)", BUTTON)
    page.wait_for_timeout(3000)
    label = page.evaluate(f"document.querySelector('{BUTTON}').textContent")
    page.evaluate(f"setTimeout(() => document.querySelector('{BUTTON}').click(), 100)")
    page.wait_for_timeout(4000)
    sent = "/nytt/" not in page.url
    return tell(
        "stopped: sending again after a save that was stopped", sent, f"the button says «{label}»; sent again: {sent}"
    )


def logged_in_again(context, page):
    """Logged out and in again in another tab; then the advice of the error page, word by word."""
    page.goto(BASE + case_of(page, 3) + "moten/nytt/")
    page.fill(NOTE, "En lång anteckning i flik A.")
    other = context.new_page()
    other.goto(BASE + "/")
    other.evaluate("[...document.forms].find(one => one.action.includes('logga-ut')).submit()")
    other.wait_for_url("**/logga-in/**")
    log_in(other)
    page.click(BUTTON, no_wait_after=True)
    page.wait_for_timeout(2000)
    if "/nytt/" not in page.url:
        return tell("logged-in-again: log-in in another tab", True, "saved")
    advice = page.inner_text("body")
    if "ladda om" in advice:
        page.go_back()
        page.wait_for_timeout(1000)
        page.reload()
        page.wait_for_timeout(1000)
    kept = page.input_value(NOTE) if page.query_selector(NOTE) else ""
    return tell("logged-in-again: following the advice keeps the text", bool(kept), f"text after it: {kept!r}")


def paste(context, page):
    """A text from elsewhere, longer than the field takes."""
    page.goto(BASE + case_of(page, 4) + "kartlaggning/")
    text = "Måndag: arbetsträning på Återbruket, buss 14 kl. 8.10. " * 200 + "\nVIKTIGT SIST: ring läkaren före fredag."
    page.focus(SUMMARY)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")
    page.wait_for_timeout(1000)
    kept, about = page.input_value(SUMMARY), page.inner_text("main")
    told = any(word in about for word in ("tecken", "för lång", "kortas"))
    ok = "VIKTIGT SIST" in kept or told
    return tell("paste: pasting too long a text", ok, f"{len(text)} pasted, {len(kept)} kept, anything said: {told}")


CASES = {"back": back, "stopped": stopped, "logged-in-again": logged_in_again, "paste": paste}

if __name__ == "__main__":
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        failed = 0
        for name in sys.argv[1:] or list(CASES):
            context = browser.new_context(locale="sv-SE", permissions=["clipboard-read", "clipboard-write"])
            page = context.new_page()
            log_in(page)
            failed += not CASES[name](context, page)
            context.close()
        browser.close()
    sys.exit(failed)
