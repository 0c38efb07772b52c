// What belongs to a choice is judged in a drawer beside the page: a <details class="drawer"> that is open when the page
// comes. It opens by a press on a choice, or by its own button, for whoever walks along the choices with the arrow keys.
// Escape, a press outside and «Klart» close it, and focus stays inside. Without this file, and where a choice or a fault
// stands there from the start, it lies open in the page.
(() => {
  const drawer = document.querySelector("details.drawer");
  const choices = drawer?.closest("fieldset");
  if (!choices) return;
  const chosen = () => [...choices.querySelectorAll("input[type=radio]")].find((input) => !drawer.contains(input) && input.checked);
  if (chosen()?.value || drawer.querySelector(".field-error")) return;

  const opener = drawer.querySelector("summary");
  const close = () => {
    drawer.open = false;
    opener.focus();
  };
  const show = () => {
    drawer.open = true;
    opener.focus();
  };
  drawer.classList.add("is-drawer");
  drawer.open = false;

  let byPress = false;
  choices.addEventListener("pointerdown", () => (byPress = true));
  choices.addEventListener("keydown", () => (byPress = false));
  choices.addEventListener("change", (event) => {
    if (byPress && !drawer.contains(event.target) && event.target.value) show();
  });

  const done = drawer.querySelector("[data-drawer-done]");
  done.hidden = false;
  done.addEventListener("click", close);

  // After the press, so that what was pressed hasn't moved by then.
  document.addEventListener("click", (event) => {
    if (drawer.open && !choices.contains(event.target)) drawer.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (drawer.open && event.key === "Escape") close();
  });
  document.addEventListener("focusin", (event) => {
    if (drawer.open && !drawer.contains(event.target)) opener.focus();
  });
})();
