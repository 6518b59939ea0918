// What the page knows, and telling its parts when that changes.

import { _ } from "./language.js";

const bus = new EventTarget();

export const store = {
  me: null,
  people: new Map(),
  here: new Set(),
  places: new Map(),
  messages: new Map(),
  commands: [],
  change: 0,
  version: "",
  place: null,
  picked: new Map(),
  unsent: new Map(),
};

/** Call `listener` with the details of every event of this name. Returns what ends that. */
export function on(name, listener) {
  const handler = (event) => listener(event.detail);
  bus.addEventListener(name, handler);
  return () => bus.removeEventListener(name, handler);
}

/** Tell the page's parts. */
export function tell(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

/** Take a message unless a newer version of it is known. Tells "message" with the version before. */
export function take(message, { news = false } = {}) {
  const before = store.messages.get(message.id);
  if (before && before.change >= message.change) return;
  store.messages.set(message.id, message);
  tell("message", { message, before, news });
}

/** The name of a person or of the tutor. */
export function nameOf(id) {
  return id === "cloudlark" ? "Cloudlark" : (store.people.get(id)?.name ?? _("Somebody"));
}

/** Whether a person is the tutor. */
export const isTutor = (id) => id === "cloudlark";

/** Forget all messages: too much was missed, so what is shown begins anew. */
export function beginAnew() {
  store.messages.clear();
  tell("anew", {});
}
