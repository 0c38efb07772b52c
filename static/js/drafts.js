// What is typed in a form with words is kept on the server some seconds after it was typed, for who typed it alone.
// Nothing is kept in the browser. The page says when it was kept, how many signs are left in a field that has a limit,
// and asks once before a link leaves words that aren't saved.
(() => {
  const PAUSE = 1500, LONGEST = 4000, NEAR = 0.9;
  const forms = [...document.querySelectorAll("form")].filter((form) => form.elements.page && form.elements.token);

  const answersOf = (form) => {
    const answers = new FormData(form);
    for (const [name, value] of [...answers]) {
      if (value instanceof File || form.elements[name]?.type === "password") answers.delete(name);
    }
    return answers;
  };

  // What the page says where no draft could be kept and the server doesn't say why.
  const faultOf = (status) =>
    status >= 500
      ? "Något gick fel hos oss, och utkastet är inte sparat. Texten står kvar här."
      : "Utkastet är inte sparat, för sidan har stått öppen för länge. Kopiera det du vill ha kvar och öppna sidan på nytt.";

  const drafts = forms.map((form) => {
    const line = document.createElement("small");
    line.className = "draft-state soft";
    line.setAttribute("role", "status");
    (form.querySelector(".form-actions") || form).append(line);
    // `waits`: pressed while the server couldn't be reached, and sent when it answers. `left`: what is said of it since.
    const draft = { form, line, timer: 0, since: 0, running: null, typed: false, kept: true, waits: false, left: "" };

    // Resolves with whether the server answered; what it said is told on the page.
    draft.keep = async () => {
      clearTimeout(draft.timer);
      draft.since = 0;
      draft.running?.abort();
      const control = (draft.running = new AbortController());
      try {
        const answer = await fetch("/utkast/spara/", {
          method: "POST", body: new URLSearchParams(answersOf(form)), signal: control.signal,
          headers: { "X-Requested-With": "fetch" },
        });
        const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        draft.kept = Boolean(answer.ok && said.kept_at);
        line.textContent = draft.kept ? `Utkast sparat ${said.kept_at}` : said.fault ?? faultOf(answer.status);
        line.textContent += draft.left;
        line.classList.toggle("over", !draft.kept || Boolean(draft.left));
        if (draft.kept && !said.is_logged_in) line.textContent += ". Du är utloggad: logga in i ett annat fönster och spara sedan här.";
        if (answer.status >= 500) draft.timer = setTimeout(draft.keep, LONGEST);
        document.dispatchEvent(new CustomEvent("samverkan:answered"));
        return answer.status < 500;
      } catch (error) {
        if (error.name === "AbortError") return true;
        draft.kept = false;
        line.textContent = `Ingen kontakt med servern just nu. Texten står kvar här.${draft.left}`;
        draft.timer = setTimeout(draft.keep, LONGEST);
        return false;
      }
    };

    form.addEventListener("input", (event) => {
      if (event.target.type === "password") return;
      if (draft.waits) {
        draft.waits = false;
        draft.left = " Du skrev mer efter att du tryckte, så inget är sparat: tryck igen när du är klar.";
        line.textContent = draft.left;
      }
      draft.typed = true;
      draft.kept = false;
      draft.since ||= Date.now();
      clearTimeout(draft.timer);
      const wait = Math.min(PAUSE, Math.max(0, draft.since + LONGEST - Date.now()));
      draft.timer = setTimeout(draft.keep, wait);
    });
    return draft;
  });

  window.samverkanDrafts = drafts;

  // The last second of typing, where the page goes before it is kept: log-out, Back, another address. What is being sent
  // is no draft.
  window.addEventListener("pagehide", () => {
    for (const { form, typed, kept } of drafts) {
      if (typed && !kept && !form.dataset.sent) navigator.sendBeacon("/utkast/spara/", new URLSearchParams(answersOf(form)));
    }
  });

  // Leaving by a link asks once; a new window leaves nothing.
  let asked = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || asked || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target === "_blank" || link.getAttribute("href").startsWith("#")) return;
    const unsaved = drafts.filter((draft) => draft.typed && hasWords(draft.form));
    if (unsaved.length === 0) return;
    event.preventDefault();
    asked = true;
    ask(link, unsaved);
  });

  const hasWords = (form) =>
    [...form.querySelectorAll("textarea, input[type=text]")].some((field) => field.value.trim() !== field.defaultValue.trim());

  const ask = (link, unsaved) => {
    const sheet = document.createElement("dialog");
    sheet.className = "ask";
    const text = document.createElement("p");
    text.textContent = "Det du har skrivit är inte sparat.";
    Promise.all(unsaved.map((draft) => draft.keep())).then(() => {
      text.textContent += unsaved.every((draft) => draft.kept)
        ? " Ett utkast finns kvar på sidan i 14 dagar."
        : " Det finns inget utkast av det, så kopiera det du vill ha kvar.";
    });
    const buttons = document.createElement("div");
    buttons.className = "form-actions";
    for (const [value, label, look] of [["stay", "Stanna kvar", "btn btn-primary"], ["go", "Lämna sidan", "btn"]]) {
      const button = document.createElement("button");
      Object.assign(button, { textContent: label, className: look, onclick: () => sheet.close(value) });
      buttons.append(button);
    }
    sheet.append(text, buttons);
    document.body.append(sheet);
    sheet.addEventListener("close", () => {
      sheet.remove();
      if (sheet.returnValue === "go") location.assign(link.href);
      else link.focus();
    });
    sheet.showModal();
  };

  // Signs left, near the limit and over it. A line end counts once, as the server counts it.
  const count = (field, place) => {
    const most = Number(field.dataset.most), length = [...field.value.replace(/\r\n?/g, "\n").trim()].length;
    const left = most - length;
    const number = new Intl.NumberFormat("sv-SE");
    place.textContent =
      left < 0 ? `${number.format(-left)} tecken för mycket` : length > most * NEAR ? `${number.format(left)} tecken kvar` : "";
    place.classList.toggle("over", left < 0);
  };
  for (const field of document.querySelectorAll("[data-most]")) {
    const place = document.createElement("div");
    place.className = "signs-left soft";
    place.setAttribute("aria-live", "polite");
    field.after(place);
    field.addEventListener("input", () => count(field, place));
    count(field, place);
  }
})();
