// Shortcuts that hold everywhere, except where somebody types.

import { openHelp } from "./help.js";
import { goBy } from "./places.js";
import { tell } from "./store.js";

/** Listen for shortcuts. `composer` gives the box to type in, `closeAll` closes what is open. */
export function listenForKeys({ composer, closeAll }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      goBy(event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Escape") closeAll();
    else if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) plain(event, composer);
  });
}

function plain(event, composer) {
  const message = event.target.closest?.(".list > .message:not(.private)");
  if (event.key === "/") composer()?.begin("/");
  else if (event.key === "?") openHelp();
  else if (event.key === "t" && message) tell("thread", message.dataset.id);
  else return;
  event.preventDefault();
}

function typing(element) {
  return element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select") ?? false;
}
