// A list whose lines can be ticked (form[data-pick]): a box in the heading ticks all of the page, and the count is told.
(() => {
  for (const form of document.querySelectorAll("form[data-pick]")) {
    const boxes = [...form.querySelectorAll('tbody input[type="checkbox"]')];
    const place = form.querySelector("[data-pick-all]");
    if (!place || boxes.length === 0) continue;

    const all = document.createElement("input");
    all.type = "checkbox";
    const words = document.createElement("span");
    words.textContent = "Välj alla på sidan";
    const label = document.createElement("label");
    label.append(all, words);
    place.append(label);

    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
      words.textContent = ticked ? `Välj alla på sidan (${ticked} valda)` : "Välj alla på sidan";
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      tell();
    });
    form.addEventListener("change", tell);
    tell();
  }
})();
