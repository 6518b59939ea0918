// Leaderboards, sheets and notices.

import { face } from "../avatar.js";
import { h, unseen } from "../dom.js";
import { icon } from "../icons.js";
import { _, number, plural } from "../language.js";
import { link, rich } from "../text.js";
import { below, card, eyebrow, files, notes, pictures } from "./parts.js";

/** The best of a period. */
export function board(body, message) {
  return card("board",
    eyebrow(body.title, body.period ? h("span.chip", {}, body.period) : null),
    body.rows.length ? standings(body) : h("p.empty", {}, _("Nobody is on the board yet: the first right answer opens it.")),
    pictures(body.pictures, message),
    notes(body.notes),
    below(body, message));
}

function standings(body) {
  const best = Math.max(1, ...body.rows.map((row) => row.points));
  const all = [...body.rows, body.own].filter(Boolean);
  const shown = { best, compare: body.compare, streaks: all.some((row) => row.streak > 0) };
  const columns = [_("Rank"), _("Name"), _("Points"), _("Right"), shown.streaks ? _("Streak") : null].filter(Boolean);
  return h("div.scroll", {}, h("table.standings", {},
    h("caption.sr-only", {}, `${body.title} ${body.period}`),
    h("thead", {}, h("tr", {}, columns.map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, body.rows.map((row) => standing(row, shown)), body.own ? [gap(columns.length), standing({ ...body.own, me: true }, shown)] : [])),
  body.learners > body.rows.length ? h("p.learners", {}, plural("{n} person in all", "{n} people in all", body.learners)) : null);
}

function gap(columns) {
  return h("tr.gap", {}, h("td", { colspan: columns }, unseen(_("Your own place:")), h("span", { aria: { hidden: "true" } }, "⋯")));
}

function standing(row, { best, compare, streaks }) {
  return h("tr", { class: row.me ? "mine" : "" },
    h("td.rank", {}, h(`span.medal.medal-${row.rank}`, {}, String(row.rank)), compare ? movement(row.movement) : null),
    h("th.who", { scope: "row" }, h("span.whose", {}, face(row.name), h("span.name", {}, row.name), row.me ? h("span.tag", {}, _("You")) : null)),
    h("td.points", {}, h("span.length", { vars: { share: row.points / best } }), h("b", {}, number(row.points))),
    h("td.correct", {}, number(row.right), h("span.of", {}, " ", _("of {answered}", { answered: number(row.answered) }))),
    streaks ? h("td.streak", {}, row.streak ? [icon("flame", 15), String(row.streak)] : unseen(_("none"))) : null);
}

function movement(by) {
  if (by === null) return h("span.move.new", {}, _("new"));
  if (by === 0) return h("span.move", {}, h("span", { aria: { hidden: "true" } }, "–"), unseen(_("unchanged")));
  return h(`span.move.${by > 0 ? "rose" : "fell"}`, {}, icon(by > 0 ? "up" : "arrowDown", 12), unseen(by > 0 ? _("up") : _("down")), " ", String(Math.abs(by)));
}

/** A page to read. */
export function sheet(body, message) {
  return card("sheet",
    h("h3.title", {}, rich(body.title)),
    body.lead ? h("p.lead", {}, rich(body.lead)) : null,
    body.sections.map(section),
    pictures(body.pictures, message),
    body.links.length ? h("ul.links", {}, body.links.map(({ title, url }) => h("li", {}, icon("link", 16), link(url, title)))) : null,
    files(body.files, message),
    below(body, message));
}

function section(part) {
  return h("div.part", {},
    part.title ? h("h4", {}, rich(part.title)) : null,
    part.lines.map((line) => h("p.line", {}, rich(line))),
    part.meters.length ? h("dl.meters", {}, part.meters.map(meter)) : null,
    part.table ? table(part.table) : null);
}

function meter({ label, value, text }) {
  const words = text || `${Math.round(value * 100)} %`;
  return h("div.meter", { vars: { share: Math.min(1, Math.max(0, value)) } },
    h("dt", {}, rich(label)),
    h("dd", {}, h("span.bar", { aria: { hidden: "true" } }, h("span.fill")), h("span.figure", {}, rich(words))));
}

/** Characters of a cell that stay on one line, as "10 of 12". */
const SHORT = 12;

function table({ columns, rows }) {
  return h("div.scroll", {}, h("table.figures", {},
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)))),
    h("tbody", {}, rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, rich(first)), rest.map((cell) => h("td", { class: cell.length <= SHORT ? "short" : "" }, rich(cell))))))));
}

const SIGNS = { info: "info", good: "check", warn: "warn", error: "warn" };

/** One or two sentences. */
export function notice(body, message) {
  return card("notice",
    h(`p.words.${body.tone}`, {}, icon(SIGNS[body.tone] ?? "info", 18), h("span", {}, rich(body.text))),
    below(body, message));
}
