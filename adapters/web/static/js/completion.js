// What may stand where somebody types: commands, their parameters, and names after an @. Pure.

import { _, number } from "./language.js";

const MOST = 25;

/**
 * Where the cursor is in a text: { stage: "command" | "parameter" | "mention", typed, start, ... } or null.
 * `start` is where the completed word begins.
 */
export function contextOf(text, commands) {
  const mention = /(?:^|\s)@([\p{L}\p{N}]*)$/u.exec(text);
  if (mention) return { stage: "mention", typed: mention[1], start: text.length - mention[1].length - 1 };
  if (!text.startsWith("/") || text.includes("\n")) return null;
  const command = commandOf(text, commands);
  if (!command) return { stage: "command", typed: text.slice(1).toLowerCase(), start: 0 };
  return parameterOf(text, command);
}

/** The command that a text has named completely, or null. */
export function commandOf(text, commands) {
  const words = text.slice(1).toLowerCase();
  const named = commands.filter(({ name }) => words.startsWith(`${name} `));
  return named.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function parameterOf(text, command) {
  const begin = command.name.length + 2;
  const words = text.slice(begin).split(/\s+/);
  const place = parameterPlace(command.parameters, words);
  const parameter = command.parameters[place];
  if (!parameter) return { stage: "parameter", command, place, parameter: null, typed: "", start: text.length };
  const typed = parameter.rest ? words.slice(place).join(" ") : words.at(-1);
  return { stage: "parameter", command, place, parameter, typed, start: text.length - typed.length };
}

/** Which parameter the last word is for; one that takes the rest takes all words but a final number. */
function parameterPlace(parameters, words) {
  const rest = parameters.findIndex((parameter) => parameter.rest);
  const typing = words.length - 1;
  if (rest < 0 || typing <= rest) return typing;
  const next = parameters[rest + 1];
  return next?.kind === "integer" && /^\d+$/.test(words.at(-1)) ? rest + 1 : rest;
}

/** Commands whose name or whose words begin with what is typed, those with the name first. */
export function commandOptions(typed, commands) {
  const byName = commands.filter(({ name }) => name.startsWith(typed));
  const byWord = commands.filter(({ name, summary }) => !name.startsWith(typed) && typed.length > 2 && summary.toLowerCase().includes(typed));
  return [...byName, ...byWord].slice(0, MOST).map((command) => ({
    value: `/${command.name}`, label: command.usage, detail: command.summary, admin: command.admin,
  }));
}

/** The fixed choices of a parameter that begin with what is typed. */
export function choiceOptions(parameter, typed) {
  const begun = parameter.choices.filter((choice) => choice.toLowerCase().startsWith(typed.toLowerCase()));
  return begun.map((choice) => ({ value: choice, label: choice, detail: "" }));
}

/** The tutor and the people whose name begins with what is typed. */
export function mentionOptions(typed, people) {
  const names = ["cloudlark", ...people];
  const begun = names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  return begun.slice(0, MOST).map((name) => ({ value: `@${name}`, label: `@${name}`, detail: name === "cloudlark" ? _("The tutor: ask anything") : "" }));
}

/** What to type into a parameter, in words. */
export function hintOf({ command, parameter }) {
  if (!command) return "";
  if (!parameter) return command.parameters.length ? "" : command.summary;
  const words = `${parameter.name}: ${parameter.summary}`;
  if (parameter.kind !== "integer" || !parameter.maximum) return words;
  return _("{words}, {low} to {high}", { words, low: number(parameter.minimum), high: number(parameter.maximum) });
}
