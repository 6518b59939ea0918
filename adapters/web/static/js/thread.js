// The panel on the right: one message and the replies to it.

import { Composer } from "./composer.js";
import { h, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { ask } from "./line.js";
import { Log } from "./log.js";
import { store, take } from "./store.js";

/** A thread below a message. `onclose` is called when it closes. */
export class Thread {
  constructor(id, onclose) {
    this.id = id;
    this.onclose = onclose;
    const root = store.messages.get(id);
    this.log = new Log({
      label: _("Replies"),
      belongs: (message) => message.id === id || message.thread === id,
      threads: false,
    });
    this.composer = new Composer({ place: root.place, thread: id, label: _("Reply in this thread"), placeholder: _("Reply") });
    this.node = h("aside.thread", { aria: { label: _("Thread") }, onkeydown: (event) => event.key === "Escape" && !event.defaultPrevented && this.close() },
      h("header.top", {}, h("h2", {}, icon("thread", 20), _("Thread")), h("p.about", {}, `#${root.place}`),
        h("div.tools", {}, h("button.ghost.round", { type: "button", title: _("Close the thread"), onclick: () => this.close() }, icon("close", 20), unseen(_("Close the thread"))))),
      this.log.node, this.composer.node);
  }

  async open() {
    const answer = await ask({ do: "thread", message: this.id }).catch(() => ({}));
    for (const message of answer.messages ?? []) take(message);
    this.log.fill();
    this.log.scroller.scrollTop = 0;
    this.log.pinned = false;
  }

  take(change) {
    this.log.take(change);
  }

  close() {
    this.onclose();
  }
}
