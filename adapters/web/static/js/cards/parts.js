// What several cards share.

import { actButtons, troubleLine } from "../acts.js";
import { h, unseen } from "../dom.js";
import { icon } from "../icons.js";
import { _, number, plural } from "../language.js";
import { link, rich } from "../text.js";
import { calendar } from "../times.js";
import { showPicture } from "../dialogs.js";
import { keptInTab } from "../keep.js";

/** The frame of a card. `id` is the message that it stands in, null on one's own page. */
export function card(kind, ...children) {
  return h(`section.card.${kind}`, { data: { card: kind } }, ...children, troubleLine());
}

/** The small line on top of a card. */
export function eyebrow(words, ...rest) {
  return h("header.eyebrow", {}, h("h3", {}, words), ...rest);
}

const CHIP_LENGTH = 36;

/** Lines on points, streaks and the like; the short ones stand as chips side by side. */
export function notes(lines) {
  if (!lines.length) return null;
  return h("ul.notes", {}, lines.map((line) => h("li", { class: line.length > CHIP_LENGTH ? "long" : "" }, rich(line))));
}

/** A letter in its box. */
export function letterBox(letter, state = "") {
  return h(`span.letter${state ? `.${state}` : ""}`, { aria: { hidden: "true" } }, letter);
}

/** Options with their truth, their reasons and, where known, how many picked them. */
export function reasons(list, { distribution = false } = {}) {
  return h("ol.reasons", {}, list.map((reason) => row(reason, distribution)));
}

function row(reason, distribution) {
  const state = reason.right ? "right" : reason.picked ? "wrong" : "other";
  const counted = distribution && reason.share !== null;
  return h(`li.reason.${state}`, { class: counted ? "counted" : "", vars: { share: reason.share ?? 0 } },
    letterBox(reason.letter, state),
    h("div.said", {},
      h("p.option-text", {}, unseen(`${reason.letter}. `), rich(reason.text), tags(reason)),
      counted ? bar(reason) : null,
      reason.why ? h("p.why", {}, rich(reason.why)) : null));
}

function tags(reason) {
  const truth = reason.right ? h("span.tag.good", {}, icon("check", 14), _("Right")) : null;
  const pick = reason.picked ? h(`span.tag.${reason.right ? "good" : "bad"}`, {}, _("Your pick")) : null;
  return truth || pick ? h("span.tags", {}, truth, pick) : null;
}

function bar(reason) {
  const percent = `${Math.round(reason.share * 100)} %`;
  const people = reason.count === null ? "" : ` (${number(reason.count)})`;
  return h("p.share", {}, h("span.bar", { aria: { hidden: "true" } }, h("span.fill")), h("span.figure", {}, percent, h("span.count", {}, people)));
}

/** Where the taught facts come from, when they were verified, and what changed. */
export function sources(list) {
  if (!list.length) return null;
  return h("ul.sources", {}, list.map((source) => h("li", {},
    icon("book", 16),
    h("div", {},
      link(source.url, source.title),
      h("span.verified", {}, " ", _("Verified {day}", { day: calendar(source.verified_on) })),
      source.changed ? h("p.changed", {}, h("strong", {}, _("What changed:")), " ", rich(source.changed)) : null))));
}

/** Pictures that open larger. */
export function pictures(list, message) {
  return list.map((picture) => {
    const image = h("img", { src: fileAddress(message, picture.file), alt: picture.alt, loading: "lazy" });
    return h("button.picture", { type: "button", title: _("Show larger"), onclick: () => showPicture(image.src, picture.alt) }, image);
  });
}

/** Files to keep. */
export function files(list, message) {
  if (!list.length) return null;
  return h("ul.files", {}, list.map((file) => h("li", {},
    h("a.file", { href: fileAddress(message, file.file), download: file.name }, icon("download"), h("span", {}, file.name), h("small", {}, size(file.size))))));
}

/** Buttons below a card. */
export const below = (body, message) => actButtons(body.buttons, message);

function fileAddress(message, file) {
  return `/chat/files/${message ?? "home"}/${file}?as=${encodeURIComponent(keptInTab("as") ?? "")}`;
}

function size(bytes) {
  return bytes < 1024 ? plural("{n} byte", "{n} bytes", bytes) : `${number(Math.round(bytes / 1024))} KB`;
}
