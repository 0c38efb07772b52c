// The sentence about the meeting follows what is chosen under it. Without this file it says what it said when the page
// came, and is out of sight while its questions are open. What a choice opens is brought into sight.
(() => {
  const line = document.querySelector("[data-facts-line]");
  const form = line?.closest("form");
  if (!form) return;
  const labels = (names) =>
    [...form.querySelectorAll(names)].filter((input) => input.checked).map((input) => input.labels[0].textContent.trim());
  const listed = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} och ${words.at(-1)}` : words.join(""));
  const tell = () => {
    const day = document.getElementById(`${form.elements.held_on.id}_said`)?.textContent || form.elements.held_on.value;
    const others = form.elements.others.value.split(",").map((name) => name.trim()).filter(Boolean);
    const noShow = form.querySelector("[name=kind][value=no_show]")?.checked;
    const present = form.elements.participant_present.checked && !noShow ? ["deltagaren"] : [];
    const who = [...present, ...labels("[name=users], [name=organisations]"), ...others];
    line.textContent = [`${labels("[name=kind]").join("")} ${day}`, who.length ? `med ${listed(who)}` : ""].filter(Boolean).join(", ");
  };
  form.querySelector(".meeting-facts").addEventListener("toggle", (event) => event.target.open || tell());
  // «En annan dag» opens a field below it, which would lie under the bar that saves.
  form.addEventListener("change", (event) => {
    if (event.target.name === "next_choice") form.querySelector(".when-other-day")?.scrollIntoView({ block: "nearest" });
  });
})();
