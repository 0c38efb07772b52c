// The text to read aloud follows the answers: the server makes it, by the same rules as the printed one. Without this
// file a button shows it. A button that only shows or prints (data-again) doesn't use up the form's one press.
(() => {
  const form = document.querySelector("form[data-consent]");
  const place = form && form.querySelector("[data-aloud-here]");
  if (!place) return;
  let running = null;
  let waiting = 0;

  const read = async () => {
    running?.abort();
    running = new AbortController();
    const answers = new FormData(form);
    answers.set("do", "read");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: answers, signal: running.signal, headers: { "X-Requested-With": "fetch" },
      });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") place.textContent = "Texten gick inte att hämta. Tryck på Visa texten.";
    }
  };

  form.querySelector("[data-aloud-button]").hidden = true;
  form.addEventListener("change", read);
  form.addEventListener("input", (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(waiting);
    waiting = setTimeout(read, 400);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.matches("[data-again]")) event.stopPropagation();
  });
  read();
})();
