// Forms with data-once say so while one waits for the answer. The server saves one press once by itself, however often
// it comes, so that a save without an answer can always be sent again. Words are kept as a draft before they are sent:
// where the server can't be reached the page stays, says so, and tries again. Ctrl+Enter sends from inside any answer.
(() => {
  const WAITING = "Sparar …", AGAIN = 4000, TWICE = 700, RETRY = 3000;

  // The keys work only with this file, so the page says nothing of them without it.
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-label-was]")) {
      button.textContent = button.dataset.labelWas;
      button.removeAttribute("aria-disabled");
      delete button.dataset.labelWas;
    }
  };

  const wait = (form, button) => {
    form.dataset.sent = Date.now();
    if (!button || button.tagName !== "BUTTON") return;
    // aria-disabled, not disabled: a disabled button loses its name and value in the request.
    button.dataset.labelWas ||= button.textContent;
    button.textContent = button.dataset.waiting || WAITING;
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => form.dataset.sent && release(form), AGAIN);
  };

  const draftOf = (form) => (window.samverkanDrafts || []).find((draft) => draft.form === form);

  document.addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    if (button?.hasAttribute("data-plain")) return;
    // A double click is one press; a later one is a wish to send again.
    if (Date.now() - Number(form.dataset.sent || 0) < TWICE) return event.preventDefault();
    wait(form, button);
    const draft = draftOf(form);
    if (!draft?.typed || draft.kept || form.dataset.reached) {
      delete form.dataset.reached;
      return;
    }
    event.preventDefault();
    Object.assign(draft, { waits: false, left: "" });
    const isReached = await draft.keep();
    if (isReached) {
      form.dataset.reached = "yes";
      delete form.dataset.sent;
      form.requestSubmit(button || undefined);
    } else {
      release(form);
      draft.line.textContent += " Den sparas när servern svarar igen.";
      draft.waits = true;
      clearTimeout(draft.timer);
      draft.timer = setTimeout(() => form.requestSubmit(button || undefined), RETRY);
    }
  });

  // The answer to this one is a file: the page stays, and what was wrong with it before is wrong no longer.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".export-form")) return;
    document.querySelectorAll(".error-summary, .export-form .error").forEach((place) => place.remove());
  });

  // Back to a page kept by the browser: its forms can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[data-once]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.btn-primary, input.btn-primary"));
  });
})();
