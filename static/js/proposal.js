// The proposal is worked out by the server, by the same rule as when the meeting is saved, and shown while the
// criteria are answered. Without this file it is worked out when the form is sent.
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

  form.addEventListener("change", (event) => {
    if (/^(step|criterion_)/.test(event.target.name)) refresh();
  });
  if (form.querySelector("[name=step]:checked")?.value) refresh();
})();
