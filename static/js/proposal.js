// The proposal is worked out by the server, by the same rule as when the meeting is saved, and shown while the
// criteria are answered; one button answers those that are left. Without this file nothing is lost: the proposal is
// worked out when the form is sent, and each criterion has its own answers.
(() => {
  const form = document.querySelector("form[data-proposal]");
  const place = form && form.querySelector("[data-proposal-here]");
  if (!place) return;
  let running = null;

  const refresh = async () => {
    if (running) running.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.proposal, {
        method: "POST", body: new FormData(form), signal: running.signal, headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") place.textContent = "";
    }
  };

  const answerRest = (button) => {
    for (const criterion of button.closest(".step-part").querySelectorAll(".crit")) {
      if (criterion.querySelector("input[type=radio]:checked")) continue;
      criterion.querySelector(`input[value="${button.dataset.answerRest}"]`).checked = true;
    }
    refresh();
  };

  for (const button of form.querySelectorAll("[data-answer-rest]")) {
    button.hidden = false;
    button.addEventListener("click", () => answerRest(button));
  }
  form.addEventListener("change", (event) => {
    if (/^(step|held_on|criterion_)/.test(event.target.name)) refresh();
  });
  if (form.querySelector("[name=step]:checked")?.value) refresh();
})();
