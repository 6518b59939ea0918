// A place: its heading, its log, and where one types.

import { Composer } from "./composer.js";
import { h, unseen } from "./dom.js";
import { openHelp } from "./help.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { ask } from "./line.js";
import { Log } from "./log.js";
import { drawer } from "./drawer.js";
import { store, take } from "./store.js";
import { themeButton } from "./theme.js";

const loaded = new Map();

/** Forget which places were read: what is shown begins anew. */
export const forgetLoaded = () => loaded.clear();

/** The heading of a place, with what belongs to the whole chat. */
export function heading(title, words, sign) {
  return h("header.top", {},
    h("button.ghost.round.open-drawer", { type: "button", aria: { controls: "sidebar", expanded: "false" }, onclick: drawer.toggle }, icon("menu", 20), unseen(_("Places and people"))),
    h("h1", {}, sign, title), h("p.about", {}, words),
    h("div.tools", {}, themeButton(),
      h("button.ghost.round", { type: "button", title: _("Help and shortcuts"), onclick: openHelp }, icon("help", 20), unseen(_("Help and shortcuts")))));
}

/** A channel, or the direct messages with the tutor. */
export class Pane {
  constructor(place) {
    this.place = place;
    const name = place.direct ? "Cloudlark" : `#${place.name}`;
    this.log = new Log({
      label: _("Messages in {place}", { place: name }),
      belongs: (message) => message.place === place.id && !message.thread,
      threads: !place.direct,
      earlier: (before) => load(place.id, before),
      empty: () => emptyWords(place),
    });
    this.composer = new Composer({
      place: place.id, label: _("Message {place}", { place: name }),
      placeholder: place.direct ? _("Ask Cloudlark, or / for commands") : _("Message {place}, or / for commands", { place: name }),
    });
    const words = place.direct ? _("Only you and the tutor") : _("Everyone here reads along; answers stay private");
    this.node = h("div.pane", {}, heading(place.name, words, icon(place.direct ? "at" : "hash", 20)), this.log.node, this.composer.node);
  }

  /** Show what there is. Without a connection it stays empty until `again` is called. */
  async open() {
    await load(this.place.id, 0);
    this.log.more = loaded.get(this.place.id) ?? false;
    this.log.fill();
    this.log.toEnd();
  }

  /** The connection is back. */
  again() {
    if (!loaded.has(this.place.id)) this.open();
  }

  take(change) {
    this.log.take(change);
  }
}

/** Load a page of messages, the last ones once. Resolves with whether there may be earlier ones. */
async function load(place, before) {
  if (before === 0 && loaded.has(place)) return loaded.get(place);
  const answer = await ask({ do: "history", place, before }).catch(() => ({}));
  if (!answer.messages) return true;
  for (const message of answer.messages) take(message);
  loaded.set(place, answer.messages.length > 0);
  return loaded.get(place);
}

function emptyWords(place) {
  const [title, words] = place.direct
    ? [_("Say hello"), _("Ask anything about what you are learning, or practise: type /quiz and a topic.")]
    : [_("It is quiet here"), _("Say something to everyone, or type / to see what Cloudlark can do. Mention @cloudlark to ask a question.")];
  return h("div.empty-place", {}, h("img", { src: "/static/lark-flying.svg", alt: "", width: 96, height: 96 }), h("h2", {}, title), h("p", {}, words));
}

/** How far a place has been read, by its messages. */
export function lastPosition(place) {
  let last = 0;
  for (const message of store.messages.values()) if (message.place === place) last = Math.max(last, message.position);
  return last;
}
