// Where one is: the address holds it, so that reloading and the back button work.

import { store, tell } from "./store.js";

export const HOME = "home/";
const CHANNEL = "#/channel/";
const TUTOR = "#/tutor";
const OWN = "#/me";
const FAVOURITE = "aws-daily";

/** The address of a place. */
export function addressOf(id) {
  if (id === HOME) return OWN;
  return store.places.get(id)?.direct ? TUTOR : CHANNEL + encodeURIComponent(id);
}

/** Follow the address from now on. */
export function followAddress() {
  addEventListener("hashchange", arrive);
  arrive();
}

/** Go to a place. */
export function go(id) {
  location.hash = addressOf(id);
  arrive();
}

/** Go to the place that stands `step` further in the list. */
export function goBy(step) {
  const all = [HOME, ...[...store.places.values()].sort((a, b) => Number(b.direct) - Number(a.direct)).map(({ id }) => id)];
  const at = all.indexOf(store.place);
  go(all[(at + step + all.length) % all.length]);
}

function arrive() {
  const id = placeOf(location.hash) ?? firstPlace();
  if (id === store.place) return;
  store.place = id;
  tell("moved", id);
}

function placeOf(hash) {
  if (hash === OWN) return HOME;
  if (hash === TUTOR) return [...store.places.values()].find((place) => place.direct)?.id;
  const id = hash.startsWith(CHANNEL) ? decodeURIComponent(hash.slice(CHANNEL.length)) : null;
  return store.places.has(id) ? id : null;
}

function firstPlace() {
  return store.places.has(FAVOURITE) ? FAVOURITE : store.places.keys().next().value;
}
