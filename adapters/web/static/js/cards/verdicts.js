// Feedback, reveal and explanation: a question after it was answered.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { _, around, number, plural } from "../language.js";
import { rich } from "../text.js";
import { below, card, eyebrow, notes, reasons, sources } from "./parts.js";

const SIGNS = { right: "check", wrong: "cross", unscored: "info" };

/** A private verdict with the reasons for every option. */
export function feedback(body, message) {
  return card("feedback",
    h(`header.verdict.${body.verdict}`, {},
      h("span.sign", {}, icon(SIGNS[body.verdict], 22)),
      h("div", {}, h("h3", {}, rich(body.headline)), notes(body.notes))),
    body.stem ? h("details.asked", {}, h("summary", {}, _("The question")), h("p.stem", {}, rich(body.stem))) : null,
    reasons(body.reasons),
    lesson(body.explanation),
    sources(body.sources),
    below(body, message));
}

/** A closed round: the key and who picked what. */
export function reveal(body, message) {
  return card("reveal",
    eyebrow(body.heading),
    h("p.stem", {}, rich(body.stem)),
    reasons(body.reasons, { distribution: true }),
    h("footer", {}, h("p.tally", {}, icon("people", 16), rightWords(body)), notes(body.notes)),
    below(body, message));
}

/** The reasons of a closed round, in its thread. */
export function explanation(body, message) {
  return card("explanation",
    eyebrow(body.heading),
    reasons(body.reasons),
    lesson(body.explanation),
    sources(body.sources),
    below(body, message));
}

function lesson(text) {
  if (!text) return null;
  return h("div.lesson", {}, h("h4", {}, _("Why")), h("p", {}, rich(text)));
}

function rightWords({ answered, right }) {
  if (!answered) return _("Nobody answered");
  return h("span", {}, around(plural("{share} answer right", "{share} answers right", answered), {
    share: h("strong", {}, _("{right} of {answered}", { right: number(right), answered: number(answered) })),
  }));
}
