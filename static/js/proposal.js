// The days for the next meeting are counted from the day of this one: they are asked for anew when it is changed.
// The proposal is worked out by the server, by the same rule as when the meeting is saved, and shown while the
// criteria are answered; one button answers those that are left. Without this file nothing is lost: the proposal is
// worked out when the form is sent, each criterion has its own answers, and who had chosen a day that moved is asked.
(() => {
  const form = document.querySelector("form[data-proposal]");
  const proposal = form && form.querySelector("[data-proposal-here]");
  if (!proposal) return;
  // Read aloud at each answer: what is proposed, and not the rule again.
  const told = form.querySelector("[data-proposal-told]");
  const nextDays = form.querySelector("[data-next-days-here]");
  const running = new Map(), again = new Map(), AGAIN = 3000;
  const NONE = "Förslaget kan inte visas just nu. Det räknas fram när mötet sparas.";

  const SHUT = "Ärendet är inte längre öppet för dig, så mötet kan inte sparas. Kopiera det du vill ha kvar.";

  // Logged out, closed meanwhile, or no network: it is said where the proposal would stand, and aloud.
  const lacks = (place, status) => {
    if (place !== proposal) return;
    const why = status === 403 || status === 404 ? SHUT : NONE;
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: why }));
    told.textContent = why;
  };

  // What is chosen inside a place.
  const chosen = (place) => JSON.stringify([...place.querySelectorAll(":checked")].map((one) => [one.name, one.value]));

  // The choice that had the focus has it still, though it is another element now.
  const show = (place, made) => {
    const held = place.contains(document.activeElement) && document.activeElement;
    place.innerHTML = made;
    if (held) [...place.querySelectorAll("input")].find((one) => one.value === held.value)?.focus();
  };

  // Put into a place what the server makes of the answers so far; only the latest question counts, and only while what
  // is chosen in the place is what it was asked by.
  const ask = async (place, part) => {
    running.get(place)?.abort();
    clearTimeout(again.get(place));
    const control = new AbortController();
    running.set(place, control);
    // What the answers before these made isn't the proposal any more: nothing stands there until the new one comes.
    if (place === proposal) place.textContent = told.textContent = "";
    const answers = new FormData(form), before = chosen(place);
    answers.set("part", part);
    try {
      const answer = await fetch(form.dataset.proposal, {
        method: "POST", body: answers, signal: control.signal, headers: { "X-Requested-With": "fetch" },
      });
      const made = answer.ok ? await answer.text() : "";
      if (chosen(place) !== before) {
        ask(place, part);
        return;
      }
      if (answer.ok) show(place, made);
      else lacks(place, answer.status);
      if (place === proposal && answer.ok) told.textContent = place.querySelector("b")?.textContent ?? "";
    } catch (error) {
      if (error.name === "AbortError") return;
      lacks(place);
      again.set(place, setTimeout(() => ask(place, part), AGAIN));
    }
  };
  const refresh = () => ask(proposal, "proposal");

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
    if (nextDays && event.target.name === "held_on") ask(nextDays, "next_days");
    if (/^(step|held_on|criterion_)/.test(event.target.name)) refresh();
  });
  if (form.querySelector("[name=step]:checked")?.value) refresh();
})();
