// A message: who says it, when, to whom, and what.

import { avatar } from "./avatar.js";
import { draw, patch } from "./cards/index.js";
import { h, keepingFocus, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { _, around, plural } from "./language.js";
import { isTutor, nameOf, store, tell } from "./store.js";
import { hour, inFull } from "./times.js";

/** The article of a message. In a channel it can be answered in a thread. */
export function article(message, { threads = true } = {}) {
  return h(`article.message${kindClass(message)}`, {
    tabindex: "-1",
    data: { id: message.id, position: message.position, author: message.author, at: message.at },
    aria: { label: nameAndTime(message) },
  },
  h("div.gutter", {}, avatar(message.author)),
  h("div.content", {}, header(message), prompt(message), privacy(message), body(message), h("div.below"), threads ? replies(message) : null),
  threads ? tools(message) : null);
}

/** Show a newer version of a message in its article. */
export function refresh(node, before, message) {
  const old = node.querySelector(":scope > .content > .body");
  if (!patch(old.firstElementChild, before.body, message.body)) {
    keepingFocus(old, () => {
      const fresh = body(message);
      old.replaceWith(fresh);
      return fresh;
    });
  }
  const count = node.querySelector(":scope > .content > .replies");
  if (count) count.replaceWith(replies(message));
}

function nameAndTime(message) {
  const said = { name: nameOf(message.author), time: hour(message.at) };
  return message.private ? _("{name}, {time}, only you can see this", said) : `${said.name}, ${said.time}`;
}

function kindClass(message) {
  return `${isTutor(message.author) ? ".tutor" : ""}${message.private && !message.place.startsWith("dm-") ? ".private" : ""}`;
}

function header(message) {
  return h("header.byline", {},
    h("b.author", {}, nameOf(message.author)),
    isTutor(message.author) ? h("span.tag", {}, _("Tutor")) : null,
    h("time", { datetime: message.at, title: inFull(message.at) }, hour(message.at)));
}

/** The command that caused an answer. */
function prompt(message) {
  if (!message.prompt) return null;
  const words = message.asker === store.me.id ? _("You typed {command}") : _("{who} typed {command}", { who: nameOf(message.asker) });
  return h("p.prompt", {}, around(words, { command: h("code", {}, message.prompt) }));
}

function privacy(message) {
  if (!message.private || message.place.startsWith("dm-")) return null;
  return h("p.privacy", {}, icon("eye", 15), _("Only you can see this"));
}

function body(message) {
  return h("div.body", {}, draw(message.body, message.id));
}

function replies(message) {
  return h("button.replies", { type: "button", hidden: message.replies === 0, data: { key: "replies" }, onclick: () => tell("thread", message.id) },
    icon("thread", 16), plural("{n} reply", "{n} replies", message.replies));
}

function tools(message) {
  if (message.private || message.thread) return null;
  return h("div.tools", {}, h("button.ghost.round", {
    type: "button", title: _("Reply in a thread"), data: { key: "thread" }, onclick: () => tell("thread", message.id),
  }, icon("thread", 18), unseen(_("Reply in a thread"))));
}
