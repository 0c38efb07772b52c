// A text that is to be pasted somewhere else is copied as its line is opened. Where the browser doesn't let a page copy, the
// text is marked, so that the keys that copy do.
(() => {
  document.querySelectorAll("[data-copy]").forEach((place) => {
    const words = place.querySelector("pre"), said = place.querySelector("[role=status]");
    place.addEventListener("toggle", async () => {
      if (!place.open) return;
      getSelection().selectAllChildren(words);
      try {
        await navigator.clipboard.writeText(words.textContent);
        said.textContent = "Texten är kopierad.";
      } catch {
        said.textContent = "Texten är markerad: kopiera den med Ctrl+C.";
      }
    });
  });
})();
