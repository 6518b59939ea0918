// Pressing buttons: what waits is shown, what fails is said in words.

import { h } from "./dom.js";
import { _ } from "./language.js";
import { ask, LostError, online } from "./line.js";
import { tell } from "./store.js";

const PRESSING = {
  lost: () => _("The connection broke before this was confirmed. Press again: an answer counts only once."),
  offline: () => _("There is no connection to the chat just now. It comes back by itself: press again in a moment."),
};

/** The sentence for a failed question; `ways` has other sentences for what is not pressed. */
export function failure(error, ways = PRESSING) {
  if (!(error instanceof LostError)) throw error;
  return ways[error.message]();
}

/** A button that presses itself on the server. `message` is where it stands, null on one's own page. */
export function actButton(button, message) {
  return h(`button.act.${button.style}`, {
    type: "button",
    data: { key: button.id },
    onclick: (event) => press(event.currentTarget, { button: button.id, message }),
  }, button.label);
}

/** A row of such buttons, or nothing. */
export function actButtons(buttons, message) {
  if (!buttons.length) return null;
  return h("div.acts", {}, buttons.map((button) => actButton(button, message)));
}

/** Press `control` on the server. The card says it when that fails. */
export async function press(control, { button, message, values = [] }) {
  const card = control.closest("[data-card]");
  say(card, "");
  if (control.getAttribute("aria-busy") === "true") return;
  control.setAttribute("aria-busy", "true");
  try {
    const done = await ask({ do: "click", button, message, values });
    if (done.error) say(card, done.error);
    else follow(done, control);
  } catch (error) {
    say(card, failure(error));
  } finally {
    control.removeAttribute("aria-busy");
  }
}

/** Go where an answer leads: into a form, or to the message that it became. */
export function follow(done, control = null) {
  if (done.form) tell("form", { form: done.form, message: done.message, place: done.place, back: control });
  else if (done.message) tell("answered", done);
}

/** Show a sentence below a card's controls; an empty one takes it away. */
function say(card, sentence) {
  const line = card?.querySelector(":scope > .trouble") ?? null;
  if (line) line.textContent = sentence;
  else if (sentence) tell("trouble", sentence);
}

/** The line in which a card says what went wrong. */
export const troubleLine = () => h("p.trouble", { role: "alert" });

export { online };
