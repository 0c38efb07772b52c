// What belongs to a choice is judged in a drawer beside the page: a <details class="drawer"> that is open when the page
// comes. It opens by a press on a choice, or by its own button, for whoever walks along the choices with the arrow keys.
// Escape, a phone's Back, a press outside and «Klart» close it; while it is open the rest of the page can be neither
// reached nor read. Closed, the page says beside its button what was answered and what wasn't. Without this file, and
// where a choice or a fault stands there from the start, it lies open in the page.
(() => {
  const drawer = document.querySelector("details.drawer");
  const choices = drawer?.closest("fieldset");
  if (!choices) return;
  const chosen = () => [...choices.querySelectorAll("input[type=radio]")].find((input) => !drawer.contains(input) && input.checked);
  if (chosen()?.value || drawer.querySelector(".field-error")) return;

  const opener = drawer.querySelector("summary"), sheet = drawer.querySelector(".drawer-sheet");
  // Everything beside the drawer: what stands next to it, and next to each place that it lies in.
  const beside = () => {
    const found = [];
    for (let place = drawer; place !== document.body; place = place.parentElement) {
      found.push(...[...place.parentElement.children].filter((other) => other !== place && !["SCRIPT", "DIALOG"].includes(other.tagName)));
    }
    return found;
  };
  // No aria-modal: the button that shuts it stands before the sheet.
  sheet.setAttribute("role", "dialog");
  let stilled = [], watcher = null;
  const still = () => {
    stilled = beside().filter((other) => !other.inert);
    for (const other of stilled) other.inert = true;
    if (!("CloseWatcher" in window)) return;
    watcher = new CloseWatcher();
    watcher.onclose = close;
  };
  const wake = () => {
    for (const other of stilled) other.inert = false;
    stilled = [];
    watcher?.destroy();
    watcher = null;
  };
  const close = () => {
    drawer.open = false;
    wake();
    opener.focus();
  };
  const show = () => {
    drawer.open = true;
    opener.focus();
  };
  drawer.classList.add("is-drawer");
  drawer.open = false;

  // «Steg 4: ja på alla. Förslag: klarat. Frågan om stöd är inte besvarad.»; nothing while nothing is answered.
  const said = document.createElement("p");
  said.className = "drawer-said soft";
  said.setAttribute("role", "status");
  drawer.after(said);
  const word = drawer.querySelector(".drawer-open");
  const unanswered = word.textContent;
  const answerOf = (place) => [...place.querySelectorAll("input[type=radio]")].find((input) => input.checked);
  const labelOf = (input) => input.labels[0].textContent.trim().toLowerCase();
  const criteriaInWords = (answers) => {
    const given = answers.filter(Boolean).map(labelOf), left = answers.length - given.length;
    const counted = [...new Set(given)].map((label) => [label, given.filter((other) => other === label).length]);
    const words = counted.map(([label, count]) => `${label} på ${count === answers.length ? "alla" : count}`);
    return [...words, ...(left ? [left === 1 ? "en fråga är inte besvarad" : `${left} frågor är inte besvarade`] : [])].join(", ");
  };
  const head = drawer.querySelector("[data-drawer-count]");
  const answersOf = (step) => (step?.value ? [...drawer.querySelectorAll(`.step-${step.value} .crit`)].map(answerOf) : []);
  const count = () => {
    const answers = answersOf(chosen());
    head.textContent = answers.length ? `${answers.filter(Boolean).length} av ${answers.length} besvarade` : "";
  };
  const tell = () => {
    const step = chosen();
    const answers = answersOf(step);
    const outcome = drawer.querySelector("[name=outcome]:checked");
    const judged = outcome && outcome.value !== "as_proposed";
    const isBegun = judged || answers.some(Boolean);
    word.textContent = isBegun ? "Ändra bedömningen" : unanswered;
    if (!isBegun) return void (said.textContent = "");
    const proposal = drawer.querySelector("[data-proposal-here] b")?.textContent.trim();
    const parts = [`Steg ${step.value}: ${criteriaInWords(answers)}.`, judged ? `Er bedömning: ${labelOf(outcome)}.` : proposal];
    const asksOfSupport = step.hasAttribute("data-self-support") && !["not_cleared", "lost"].includes(outcome?.value);
    const support = drawer.querySelector(".when-self-support");
    if (asksOfSupport && support && !answerOf(support)) parts.push("Frågan om stöd är inte besvarad.");
    said.textContent = parts.filter(Boolean).join(" ");
  };
  drawer.addEventListener("toggle", () => {
    wake();
    count();
    if (drawer.open) still();
    else tell();
  });
  // The proposal comes from the server, maybe after the drawer was shut.
  const proposalHere = drawer.querySelector("[data-proposal-here]");
  if (proposalHere) new MutationObserver(() => drawer.open || tell()).observe(proposalHere, { childList: true });

  let byPress = false;
  choices.addEventListener("pointerdown", () => (byPress = true));
  choices.addEventListener("keydown", () => (byPress = false));
  choices.addEventListener("change", (event) => {
    count();
    if (drawer.contains(event.target)) return;
    tell();
    if (byPress && event.target.value) show();
  });

  const done = drawer.querySelector("[data-drawer-done]");
  done.hidden = false;
  done.addEventListener("click", close);

  // After the press, so that what was pressed hasn't moved by then.
  document.addEventListener("click", (event) => {
    if (drawer.open && !drawer.contains(event.target)) drawer.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (drawer.open && event.key === "Escape") close();
  });
})();
