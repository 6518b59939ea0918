// Words with a little markup: `code`, **bold**, fenced blocks, addresses and mentions.

import { h } from "./dom.js";
import { isTutor, nameOf } from "./store.js";

const MARKS = /```(?:\w*\n)?([\s\S]+?)```|`([^`\n]+)`|\*\*([^*\n]+)\*\*|(https?:\/\/[^\s<>"'`]+)|(@cloudlark\b|@p[0-9a-f]{16}\b)/gi;
const AFTER_ADDRESS = /[.,;:!?)\]]+$/;

/** The nodes of a text. */
export function rich(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    nodes.push(unparted(text.slice(end, match.index)), ...marked(match));
    end = match.index + match[0].length;
  }
  return [...nodes, unparted(text.slice(end))].filter((node) => node !== "");
}

/** A number and its per cent sign stay on one line. */
const unparted = (words) => words.replace(/(\d) %/g, "$1\u00a0%");

function marked([all, block, code, bold, address, mention]) {
  if (block) return [h("pre", { tabindex: "0" }, h("code", {}, block.replace(/\n$/, "")))];
  if (code) return [h("code", {}, code)];
  if (bold) return [h("strong", {}, bold)];
  if (mention) return [h("span.mention", {}, isTutor(mention.slice(1).toLowerCase()) ? mention : `@${nameOf(mention.slice(1))}`)];
  const tail = address.match(AFTER_ADDRESS)?.[0] ?? "";
  return [link(address.slice(0, all.length - tail.length)), tail];
}

/** A link out of the chat; anything but a web address becomes plain text. */
export function link(address, words = address) {
  if (!/^https?:\/\//i.test(address)) return h("span", {}, words);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** A text without its marks, for places that show plain words. */
export function plain(text) {
  return text.replace(MARKS, (all, block, code, bold) => block ?? code ?? bold ?? all);
}
