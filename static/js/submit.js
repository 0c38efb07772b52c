// Forms with data-once are sent once: the button says so while one waits. The server refuses a
// second copy by itself; this only spares the wondering. Ctrl+Enter sends from inside any answer.
(() => {
  const waiting = "Sparar …";

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-label-was]")) {
      button.textContent = button.dataset.labelWas;
      button.removeAttribute("aria-disabled");
      delete button.dataset.labelWas;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (!button || button.tagName !== "BUTTON") return;
    // aria-disabled, not disabled: a disabled button loses its name and value in the request.
    button.dataset.labelWas = button.textContent;
    button.textContent = button.dataset.waiting || waiting;
    button.setAttribute("aria-disabled", "true");
  });

  // The answer to this one is a file: the page stays, and what was wrong with it before is wrong no longer.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".export-form")) return;
    document.querySelectorAll(".error-summary, .export-form .error").forEach((one) => one.remove());
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
