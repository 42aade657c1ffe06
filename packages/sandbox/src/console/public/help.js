import { element } from "./dom.js";

const shortcuts = [
  ["1 – 6", "Fleet, Tickets, Messages, Traffic, Services, Faults"],
  ["/", "Filter what is shown"],
  ["↑ ↓ ← →", "Move between the buttons of the fleet, or the rows of the traffic"],
  ["Home End", "First and last row"],
  ["Enter", "Press the button"],
  ["Esc", "Leave a field"],
  ["?", "This list"],
];

/** Shows the keyboard shortcuts. */
export function openHelp() {
  const rows = shortcuts.map(([keys, what]) =>
    element("div", null, element("dt", null, ...keyboardKeys(keys)), element("dd", null, what)),
  );
  const close = element("button", { type: "submit" }, "Close");
  const dialog = /** @type {HTMLDialogElement} */ (
    element(
      "dialog.help",
      { "aria-labelledby": "help-title", onclose: () => dialog.remove() },
      element("h2", { id: "help-title" }, "Keyboard"),
      element("dl", null, ...rows),
      element("form", { method: "dialog" }, close),
    )
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string | undefined} keys separated by blanks */
function keyboardKeys(keys = "") {
  return keys.split(" ").map((key) => element(key === "–" ? "span" : "kbd", null, key));
}
