// A form that could not be saved: the summary of what to mend takes the focus.
(() => {
  document.querySelector("[data-error-summary]")?.focus();
})();
