// Five minutes before the log-in ends the page says so, and one press keeps it. Typing keeps it by itself: each draft
// that is kept is a sign of life. Another tab may have been used meanwhile, so the server is asked before anything is said.
(() => {
  const state = document.body.dataset;
  if (!state.sessionEnds) return;
  const WARN = 5 * 60;
  let timer = 0;

  const plan = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(0, seconds - WARN) * 1000);
  };

  const look = async () => {
    try {
      const answer = await fetch(state.sessionAddress, { headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected || !answer.ok) return warn(0);
      const { seconds } = await answer.json();
      if (seconds > WARN + 5) plan(seconds);
      else warn(seconds);
    } catch {
      timer = setTimeout(look, 30000);
    }
  };

  const stay = async (sheet) => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: state.csrf });
    const answer = await fetch(state.sessionAddress, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && !answer.redirected) {
      sheet.close();
      plan((await answer.json()).seconds);
    } else location.reload();
  };

  const warn = (seconds) => {
    const drafts = (window.samverkanDrafts || []).filter((draft) => draft.typed);
    Promise.all(drafts.map((draft) => draft.keep())).then(() => {
      if (seconds > 0 || drafts.every((draft) => draft.kept)) return;
      text.textContent = "Du är utloggad, och det du skrev är inte sparat som utkast. Låt sidan stå öppen, logga in i ett annat fönster och spara sedan här.";
    });
    const sheet = document.createElement("dialog");
    sheet.className = "ask";
    const minutes = Math.max(1, Math.round(seconds / 60));
    const text = document.createElement("p");
    text.textContent = seconds > 0
      ? `Du loggas ut om ${minutes} ${minutes === 1 ? "minut" : "minuter"}, för att ingen har använt programmet på ett tag.`
      : "Du är utloggad. Det du har skrivit finns kvar som utkast. Logga in i ett annat fönster, och spara sedan här.";
    const button = document.createElement("button");
    button.className = "btn btn-primary";
    button.textContent = seconds > 0 ? "Stanna kvar" : "Jag förstår";
    button.onclick = () => (seconds > 0 ? stay(sheet) : sheet.close());
    sheet.append(text, button);
    sheet.addEventListener("close", () => sheet.remove());
    document.body.append(sheet);
    sheet.showModal();
    if (seconds > 0) setTimeout(() => sheet.isConnected && (sheet.close(), look()), seconds * 1000 + 2000);
  };

  document.addEventListener("samverkan:answered", () => plan(Number(state.sessionEnds)));
  plan(Number(state.sessionEnds));
})();
