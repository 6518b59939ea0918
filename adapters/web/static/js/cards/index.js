// Every kind of message body and what draws it.

import { h } from "../dom.js";
import { _ } from "../language.js";
import { rich } from "../text.js";
import { markPicked, patchQuestion, question } from "./question.js";
import { board, notice, sheet } from "./sheets.js";
import { explanation, feedback, reveal } from "./verdicts.js";

const KINDS = { board, explanation, feedback, notice, question, reveal, sheet, text };

/** Draw a body. `message` is the id of the message, null on one's own page. */
export function draw(body, message) {
  const kind = KINDS[body.kind];
  return kind ? kind(body, message) : h("p.text", {}, _("This page is too old to show that: reload it."));
}

/** Bring a drawn body up to date in place. False when it has to be drawn anew. */
export function patch(node, before, after) {
  return before.kind === "question" && after.kind === "question" && patchQuestion(node, before, after);
}

/** Show on a question, if `node` is one, what this person answered: their verdicts below it say so. */
export function markAnswers(node, verdicts) {
  const reasons = verdicts.filter(({ kind }) => kind === "feedback").flatMap((verdict) => verdict.reasons);
  if (node.matches(".question")) markPicked(node, new Set(reasons.filter(({ picked }) => picked).map(({ letter }) => letter)));
}

function text(body) {
  return h("div.text", {}, rich(body.text));
}
