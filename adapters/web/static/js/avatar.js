// A small round sign of who speaks.

import { h } from "./dom.js";
import { isTutor, nameOf } from "./store.js";

/** The lark for the tutor, initials on a colour of their own for people. */
export function avatar(id) {
  if (isTutor(id)) return h("span.avatar.lark", {}, h("img", { src: "/static/lark.svg", alt: "", width: 36, height: 36 }));
  return face(nameOf(id));
}

/** Initials on a colour that a name always gets. */
export function face(name) {
  return h("span.avatar", { aria: { hidden: "true" }, vars: { hue: hue(name) } }, initials(name));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => Array.from(word)[0].toUpperCase()).join("");
}

function hue(text) {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)) % 3600;
  return sum % 360;
}
