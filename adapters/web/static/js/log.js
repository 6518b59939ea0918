// The messages of a channel or a thread, in order, kept up to date.

import { markAnswers } from "./cards/index.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { article, refresh } from "./message.js";
import { store } from "./store.js";
import { dayName, dayOf } from "./times.js";

const NEAR = 120;
const GROUP_WITHIN = 5 * 60_000;

/**
 * A scrolling log. `belongs` says which messages stand in it, `threads` whether they can be answered in one,
 * `earlier` loads what came before and says whether there may be more.
 */
export class Log {
  constructor({ label, belongs, threads = true, earlier = null, empty = null }) {
    this.belongs = belongs;
    this.threads = threads;
    this.earlier = earlier;
    this.list = h("div.list", { role: "log", tabindex: "0", aria: { label, busy: "true" }, onkeydown: (event) => this.walk(event) });
    this.empty = empty;
    this.newer = h("button.newer", { type: "button", hidden: true, onclick: () => this.toEnd() }, icon("arrowDown", 16), _("New messages"));
    this.scroller = h("div.scroller", { onscroll: () => this.scrolled() }, this.list);
    this.node = h("div.log", {}, this.scroller, this.newer);
    this.articles = new Map();
    this.more = Boolean(earlier);
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.scroller);
    this.pinned = true;
  }

  /** Put what is known into the log, without announcing it. */
  fill() {
    this.list.setAttribute("aria-busy", "true");
    const known = [...store.messages.values()].sort((a, b) => a.position - b.position);
    for (const message of known) if (this.belongs(message)) this.put(message);
    this.settle();
    requestAnimationFrame(() => this.list.setAttribute("aria-busy", "false"));
  }

  /** Take a message that was written or changed. */
  take({ message, before, news }) {
    if (!this.belongs(message)) return;
    const mine = message.author === store.me.id || message.private;
    const follow = this.pinned || (news && !before && message.author === store.me.id);
    if (message.anchor) this.pinned = false;
    this.put(message, before);
    this.settle();
    if (message.anchor) return;
    if (follow) this.toEnd();
    else if (news && !before && !mine) this.newer.hidden = false;
  }

  put(message, before) {
    const node = this.articles.get(message.id);
    if (node && before) refresh(node, before, message);
    else if (!node) this.insert(message);
    this.mark(message.anchor ?? message.id);
  }

  /** A question shows what was answered in the verdicts below it. */
  mark(id) {
    const content = this.articles.get(id)?.querySelector(":scope > .content");
    const below = [...(content?.querySelectorAll(":scope > .below > .message") ?? [])];
    if (below.length) markAnswers(content.querySelector(":scope > .body > *"), below.map(({ dataset }) => store.messages.get(dataset.id).body));
  }

  insert(message) {
    const home = message.anchor ? this.articles.get(message.anchor)?.querySelector(":scope > .content > .below") : this.list;
    if (!home) return;
    const node = article(message, { threads: this.threads && !message.anchor });
    node.born = performance.now();
    this.articles.set(message.id, node);
    const later = [...home.children].find((other) => Number(other.dataset.position) > message.position);
    home.insertBefore(node, later ?? null);
  }

  /** Days, groups and the words for an empty place. What is right already is left alone. */
  settle() {
    let last = null;
    for (const node of this.list.querySelectorAll(":scope > .message")) {
      const newDay = !last || dayOf(last.dataset.at) !== dayOf(node.dataset.at);
      const line = node.previousElementSibling?.matches(".day") ? node.previousElementSibling : null;
      if (newDay) nameDay(node, line);
      else line?.remove();
      node.classList.toggle("grouped", !newDay && goesOn(last, node));
      last = node;
    }
    const words = this.list.querySelector(":scope > .empty-place");
    if (last) words?.remove();
    else if (!words && this.empty) this.list.append(this.empty());
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.pinned = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.pinned) this.newer.hidden = true;
    if (scrollTop < NEAR && this.more) this.loadEarlier();
  }

  async loadEarlier() {
    this.more = false;
    const height = this.scroller.scrollHeight;
    this.more = await this.earlier(this.first());
    this.fill();
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
  }

  first() {
    return Number(this.list.querySelector(":scope > .message")?.dataset.position ?? 0);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
    this.pinned = true;
  }

  /** Show one message: an answer may stand far up. */
  show(id) {
    const node = this.articles.get(id);
    if (!node) return false;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tall = node.offsetHeight > this.scroller.clientHeight * 0.8;
    node.scrollIntoView({ block: tall ? "start" : "nearest", behavior: calm ? "auto" : "smooth" });
    if (performance.now() - node.born > 1_000) glow(node);
    return true;
  }

  /** Arrow keys go from message to message. */
  walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const here = event.target;
    if (!step || event.altKey || (here !== this.list && !here.matches(".message"))) return;
    event.preventDefault();
    const all = [...this.list.querySelectorAll(".message")];
    const at = all.indexOf(here);
    const next = at < 0 ? (step < 0 ? all.at(-1) : all[0]) : all[at + step];
    next?.focus();
  }
}

/** Draw the eye to a message that stood there before. */
function glow(node) {
  node.classList.remove("fresh");
  requestAnimationFrame(() => node.classList.add("fresh"));
}

function nameDay(node, line) {
  const name = dayName(node.dataset.at);
  if (!line) node.before(h("div.day", { role: "separator" }, h("span", {}, name)));
  else if (line.textContent !== name) line.firstElementChild.textContent = name;
}

function goesOn(before, node) {
  if (!before?.dataset.author || before.dataset.author !== node.dataset.author) return false;
  if (node.classList.contains("private") || node.querySelector(".card, .prompt") || before.querySelector(".below > *")) return false;
  return new Date(node.dataset.at) - new Date(before.dataset.at) < GROUP_WITHIN;
}
