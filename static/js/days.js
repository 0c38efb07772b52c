// A day is typed as text (input[data-day]). The page says which day was understood, and a button opens the browser's
// own picker. The server reads the day, so that it is read in one way; without this script it is read when saved.
(() => {
  const PAUSE = 350;
  for (const input of document.querySelectorAll("input[data-day]")) {
    const said = document.getElementById(`${input.id}_said`);
    const token = input.form?.elements.csrfmiddlewaretoken;
    let known = input.value, timer = 0;

    const read = async () => {
      const typed = input.value.trim();
      if (!typed || !token) return void (said && !typed && (said.textContent = ""));
      try {
        const answer = await fetch("/dag/", {
          method: "POST", headers: { "X-Requested-With": "fetch" },
          body: new URLSearchParams({ csrfmiddlewaretoken: token.value, kind: input.dataset.day, typed }),
        });
        if (!answer.ok || typed !== input.value.trim()) return;
        const told = await answer.json();
        known = told.day;
        if (said) said.textContent = told.said;
      } catch (error) {
        // Nothing is said of a day that no server has read; saving reads it.
        if (said) said.textContent = "";
      }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE);
    });

    const picker = document.createElement("input");
    if (!("showPicker" in picker)) continue;
    picker.type = "date";
    picker.className = "day-picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet day-button";
    button.textContent = "Välj i kalender";
    const label = document.querySelector(`label[for="${input.id}"]`);
    if (label) button.setAttribute("aria-label", `Välj i kalender: ${label.firstChild.textContent.trim()}`);
    button.addEventListener("click", () => {
      picker.value = /^\d{4}-\d\d-\d\d$/.test(known) ? known : "";
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      input.value = picker.value;
      for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
      input.focus();
    });
    const holder = document.createElement("span");
    holder.className = "day-pick";
    holder.append(button, picker);
    input.after(holder);
  }
})();
