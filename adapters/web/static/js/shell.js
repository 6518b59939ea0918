// The chat as a whole: places on the left, one in the middle, a thread on the right.

import { h } from "./dom.js";
import { drawer } from "./drawer.js";
import { HomePane } from "./home.js";
import { _ } from "./language.js";
import { listenForKeys } from "./keys.js";
import { ask } from "./line.js";
import { forgetLoaded, lastPosition, Pane } from "./pane.js";
import { go, HOME } from "./places.js";
import { sidebar } from "./sidebar.js";
import { statusStrip } from "./status.js";
import { on, store, tell } from "./store.js";
import { Thread } from "./thread.js";
import { closingWords } from "./cards/question.js";

const SEEN_AFTER = 300;

/** Builds the page and keeps it up to date. */
export class Shell {
  constructor(root) {
    this.pane = null;
    this.thread = null;
    this.moving = null;
    this.middle = h("main", { id: "main", tabindex: "-1" });
    this.node = h("div.shell", {}, h("a.skip", { href: "#main", onclick: (event) => { event.preventDefault(); this.pane?.composer?.focus(); } }, _("Skip to the message box")),
      sidebar(), h("div.veil", { onclick: drawer.close }), h("div.stage", {}, statusStrip(), h("div.columns", {}, this.middle)));
    root.replaceChildren(this.node);
    on("moved", (id) => { this.moving = this.move(id); });
    on("message", (change) => this.take(change));
    on("thread", (id) => this.openThread(id));
    on("answered", (done) => this.answered(done));
    on("anew", () => this.beginAnew());
    on("online", () => this.pane?.again());
    listenForKeys({ composer: () => this.pane?.composer, closeAll: () => this.closeAll() });
    document.addEventListener("visibilitychange", () => this.seen());
    setInterval(refreshTimes, 1_000);
  }

  async move(id) {
    drawer.close();
    this.closeThread();
    const pane = id === HOME ? new HomePane() : new Pane(store.places.get(id));
    this.pane = pane;
    this.middle.replaceChildren(pane.node);
    this.retitle();
    await pane.open();
    if (this.pane === pane && wide()) pane.composer?.focus();
    this.seen();
  }

  take(change) {
    this.pane?.take(change);
    this.thread?.take(change);
    const { message, before, news } = change;
    if (!news || before || message.thread || message.anchor || message.author === store.me.id) return;
    const place = store.places.get(message.place);
    if (place) place.unread += 1;
    tell("places", {});
    this.seen();
  }

  /** Tell the server how far the shown place has been read, a moment after it was. */
  seen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const place = store.places.get(store.place);
      if (!place || document.visibilityState !== "visible") return this.retitle();
      place.unread = 0;
      ask({ do: "seen", place: place.id, position: lastPosition(place.id) }).catch(() => {});
      tell("places", {});
      return this.retitle();
    }, SEEN_AFTER);
  }

  async openThread(id) {
    this.closeThread();
    if (store.places.get(store.messages.get(id)?.place)?.direct !== false) return;
    this.thread = new Thread(id, () => this.closeThread(true));
    this.middle.after(this.thread.node);
    this.node.classList.add("with-thread");
    await this.thread?.open();
    this.thread?.composer.focus();
  }

  closeThread(back = false) {
    if (!this.thread) return;
    const { id } = this.thread;
    this.thread.node.remove();
    this.thread = null;
    this.node.classList.remove("with-thread");
    if (back) this.pane?.log?.articles.get(id)?.focus();
  }

  /** An answer came: go where it stands, and give it the focus if what was pressed is gone. */
  async answered({ message, place, thread }) {
    if (place && place !== store.place) go(place);
    await this.moving;
    const log = thread && this.thread ? this.thread.log : this.pane?.log;
    log?.show(message);
    if (document.activeElement === document.body) log?.articles.get(message)?.focus({ preventScroll: true });
  }

  beginAnew() {
    forgetLoaded();
    this.closeThread();
    if (store.place) tell("moved", store.place);
  }

  closeAll() {
    if (this.thread) this.closeThread(true);
    else drawer.close();
  }

  retitle() {
    const unread = [...store.places.values()].reduce((sum, place) => sum + (place.id === store.place ? 0 : place.unread), 0);
    const place = store.places.get(store.place);
    const name = place ? (place.direct ? "Cloudlark" : `#${place.name}`) : _("My page");
    document.title = `${unread ? `(${unread}) ` : ""}${name} · Cloudlark`;
  }
}

const wide = () => matchMedia("(min-width: 48rem) and (pointer: fine)").matches;

/** Times that pass while one looks at them. */
function refreshTimes() {
  for (const time of document.querySelectorAll("time[data-closes]")) {
    const words = closingWords(time.dataset.closes);
    if (time.textContent !== words) time.textContent = words;
  }
}
