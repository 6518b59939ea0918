// Where people type: words, commands with completion, and what became of them.

import { failure, follow } from "./acts.js";
import { Completer } from "./completer.js";
import { freshId, h, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { ask } from "./line.js";

const LIMIT = 4_000;
const THINKING_AFTER = 250;
const REMEMBERED = 30;
const sent = [];
const SENDING = {
  lost: () => _("The connection broke before this was confirmed. Send it again: it arrives only once."),
  offline: () => _("There is no connection to the chat just now. It comes back by itself: send it again in a moment."),
};

/** A box to type in for a place, or for a thread in it. */
export class Composer {
  constructor({ place, thread = null, label, placeholder }) {
    this.place = place;
    this.thread = thread;
    this.mark = null;
    this.back = -1;
    const id = freshId("composer");
    this.input = h("textarea", { id, rows: "1", maxlength: LIMIT, placeholder, autocapitalize: "sentences", enterkeyhint: "send", onkeydown: (event) => this.key(event), oninput: () => this.grow() });
    this.hint = h("p.hint", { role: "status" });
    this.trouble = h("p.trouble", { role: "alert" });
    this.thinking = h("p.thinking", { hidden: true }, h("span.dots", { aria: { hidden: "true" } }, h("i"), h("i"), h("i")), _("Cloudlark is thinking"));
    this.completer = new Completer(this.input, (words) => this.hint.replaceChildren(words));
    const send = h("button.send", { type: "submit", title: _("Send") }, icon("send", 20), unseen(_("Send")));
    this.node = h("form.composer", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.thinking, this.trouble, this.completer.list,
      h("label.sr-only", { for: id }, label),
      h("div.box", {}, this.input, send), this.hint);
  }

  focus() {
    this.input.focus();
  }

  /** Put words into the box, for the person to go on. */
  begin(words) {
    this.input.value = words;
    this.grow();
    this.focus();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  grow() {
    this.trouble.textContent = "";
    this.input.style.setProperty("height", "auto");
    this.input.style.setProperty("height", `${Math.min(this.input.scrollHeight, 200)}px`);
  }

  key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || this.completer.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && (this.input.value === "" || this.back >= 0)) {
      event.preventDefault();
      this.recall(1);
    } else if (event.key === "ArrowDown" && this.back >= 0) {
      event.preventDefault();
      this.recall(-1);
    }
  }

  /** Bring back what was sent before. */
  recall(step) {
    this.back = Math.max(-1, Math.min(sent.length - 1, this.back + step));
    this.input.value = this.back < 0 ? "" : sent[this.back];
    this.grow();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.clear();
    const mark = this.mark?.text === text ? this.mark : { text, key: crypto.getRandomValues(new Uint32Array(3)).join("-") };
    const timer = setTimeout(() => { this.thinking.hidden = false; }, THINKING_AFTER);
    try {
      const done = await ask({ do: "say", place: this.place, thread: this.thread, text, key: mark.key });
      if (done.error) this.giveBack(text, done.error);
      else this.settle(text, done);
    } catch (error) {
      this.mark = mark;
      this.giveBack(text, failure(error, SENDING));
    } finally {
      clearTimeout(timer);
      this.thinking.hidden = true;
    }
  }

  clear() {
    this.back = -1;
    this.input.value = "";
    this.grow();
    this.completer.close();
    this.hint.replaceChildren();
  }

  settle(text, done) {
    this.mark = null;
    if (sent[0] !== text) sent.unshift(text);
    sent.length = Math.min(sent.length, REMEMBERED);
    follow(done, this.input);
  }

  /** What could not be sent goes back into the box, unless something new is in it. */
  giveBack(text, sentence) {
    if (!this.input.value) this.input.value = text;
    this.grow();
    this.trouble.textContent = sentence;
  }
}
