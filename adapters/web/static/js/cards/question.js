// A question: options with a button each, or a group of boxes where several are to be picked.

import { press } from "../acts.js";
import { freshId, h } from "../dom.js";
import { icon } from "../icons.js";
import { _, plural } from "../language.js";
import { store } from "../store.js";
import { rich } from "../text.js";
import { closing, inFull, left } from "../times.js";
import { below, card, eyebrow, notes, pictures } from "./parts.js";

/** Draw a question card. */
export function question(body, message) {
  const stem = freshId("stem");
  return card("question",
    eyebrow(body.heading, progress(body.progress), closes(body)),
    h("p.stem", { id: stem }, rich(body.stem)),
    pictures(body.pictures, message),
    options(body, message, stem),
    h("footer", {}, answered(body), notes(body.notes)),
    below(body, message));
}

/** Change only the tally and the notes of a card, so that choices and focus stay. False if more changed. */
export function patchQuestion(node, before, after) {
  const fixed = (body) => JSON.stringify({ ...body, answered: 0, notes: [] });
  if (fixed(before) !== fixed(after)) return false;
  node.querySelector(":scope > footer").replaceChildren(...[answered(after), notes(after.notes)].filter(Boolean));
  return true;
}

function progress(steps) {
  if (!steps) return null;
  const [now, all] = steps;
  return h("span.progress", {}, h("progress", { value: now, max: all, aria: { label: _("Progress") } }), _("{now} of {all}", { now, all }));
}

function closes(body) {
  if (!body.open) return h("span.chip", {}, _("Closed"));
  if (!body.closes_at) return null;
  return h("span.chip", {}, icon("clock", 15),
    h("time", { role: "timer", datetime: body.closes_at, title: inFull(body.closes_at), data: { closes: body.closes_at } }, closingWords(body.closes_at)));
}

/** Mark the options that this person has answered with. */
export function markPicked(node, letters) {
  for (const option of node.querySelectorAll(".option")) {
    const picked = letters.has(option.querySelector(".letter").textContent);
    option.classList.toggle("picked", picked);
    option.querySelector(":scope > .tag")?.remove();
    if (picked) option.append(h("span.tag", {}, _("Your answer")));
  }
}

/** When a question closes, in words. */
export function closingWords(iso) {
  const rest = left(iso);
  return rest ? _("Closes {moment}, {left}", { moment: closing(iso), left: rest }) : _("Closing, {moment}", { moment: closing(iso) });
}

function answered(body) {
  if (body.answered === null) return null;
  const words = body.answered === 0 ? _("Nobody has answered yet") : plural("{n} answer so far", "{n} answers so far", body.answered);
  return h("p.tally", {}, icon("people", 16), words);
}

function options(body, message, stem) {
  if (!body.open) return h("ol.options", {}, body.options.map(shut));
  if (body.picks > 1) return several(body, message);
  return h("ol.options", { role: "group", aria: { labelledby: stem }, onkeydown: toLetter }, body.options.map((option) => single(option, message)));
}

function shut(option) {
  return h("li.option.shut", {}, h("span.letter", {}, option.letter), h("span.option-text", {}, rich(option.text)));
}

function single(option, message) {
  const text = freshId("option");
  return h("li.option", { class: option.selected ? "selected" : "" },
    h("button.letter", {
      type: "button",
      data: { key: option.id, letter: option.letter },
      aria: { describedby: text, pressed: option.selected ? "true" : null },
      onclick: (event) => press(event.currentTarget, { button: option.id, message }),
    }, option.letter),
    h("span.option-text", { id: text }, rich(option.text)));
}

/** Boxes of which exactly so many are to be ticked before the answer can be given. */
function several(body, message) {
  const picked = picksOf(body, message);
  const count = h("span.count", { role: "status" });
  const give = h("button.act.primary", { type: "button", data: { key: body.submit } }, _("Answer"));
  const show = () => {
    give.disabled = picked.size !== body.picks;
    count.textContent = countWords(picked.size, body.picks);
  };
  give.addEventListener("click", () => press(give, { button: body.submit, message, values: [...picked] }));
  const group = h("fieldset.options.many", {
    onkeydown: toLetter,
    onchange: ({ target }) => {
      if (target.checked) picked.add(target.value);
      else picked.delete(target.value);
      show();
    },
  }, h("legend", {}, body.choose), body.options.map((option) => box(option, picked)));
  show();
  return h("div.several", {}, group, h("div.give", {}, give, count));
}

function picksOf(body, message) {
  const key = `${message}:${body.submit}`;
  if (!store.picked.has(key)) {
    store.picked.set(key, new Set(body.options.filter((option) => option.selected).map((option) => option.value)));
  }
  return store.picked.get(key);
}

function countWords(now, wanted) {
  if (now === wanted) return _("{now} of {wanted} chosen", { now, wanted });
  return now < wanted
    ? _("{now} of {wanted} chosen: choose {more} more", { now, wanted, more: wanted - now })
    : _("{now} chosen: take {surplus} back", { now, surplus: now - wanted });
}

function box(option, picked) {
  return h("label.option", {},
    h("input", { type: "checkbox", value: option.value, checked: picked.has(option.value), data: { key: `box-${option.value}`, letter: option.letter } }),
    h("span.letter", {}, option.letter),
    h("span.option-text", {}, rich(option.text)));
}

/** Within the options a letter's key moves to that option; Enter or Space then picks it. */
function toLetter(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const control = event.currentTarget.querySelector(`[data-letter="${CSS.escape(event.key.toUpperCase())}"]`);
  if (!control) return;
  event.preventDefault();
  control.focus();
}
