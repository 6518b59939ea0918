// The beginning: find out who this is, connect, and keep what is known up to date.

import { enter, goToDoor } from "./door.js";
import { openForm } from "./form.js";
import { speak, speakAsDelivered } from "./language.js";
import { connect } from "./line.js";
import { followAddress } from "./places.js";
import { Shell } from "./shell.js";
import { beginAnew, on, store, take, tell } from "./store.js";

const TAKERS = {
  message: ({ message }) => hear(message),
  place: ({ place }) => {
    if (!store.places.has(place.id)) store.places.set(place.id, place);
    tell("places", {});
  },
  person: ({ person }) => {
    store.people.set(person.id, person);
    if (person.id === store.me.id) store.me = person;
    tell("people", {});
  },
  here: ({ people }) => {
    store.here = new Set(people);
    tell("people", {});
  },
  // Everything that is shown is drawn anew; a language is seldom chosen.
  language: () => location.reload(),
  seen: ({ place }) => {
    if (store.places.has(place)) store.places.get(place).unread = 0;
    tell("places", {});
  },
};

async function begin() {
  speakAsDelivered();
  const root = document.getElementById("app");
  const person = await enter(root);
  on("frame", (frame) => TAKERS[frame.is]?.(frame));
  on("welcome", welcome);
  on("refused", goToDoor);
  on("form", openForm);
  connect(person.id);
}

let shell = null;

function welcome(frame) {
  const first = shell === null;
  Object.assign(store, {
    me: frame.me,
    people: new Map(frame.people.map((person) => [person.id, person])),
    here: new Set(frame.here),
    places: new Map(frame.places.map((place) => [place.id, place])),
    commands: frame.commands,
    change: frame.change,
  });
  if (store.version && store.version !== frame.version) tell("outdated", {});
  store.version ||= frame.version;
  if (first) speak(frame);
  if (first) shell = new Shell(document.getElementById("app"));
  tell("places", {});
  if (first) followAddress();
  else if (frame.missed) frame.missed.forEach(catchUp);
  else beginAnew();
}

/** A message as it happens. They come in the order of their changes, so each says how far one knows. */
function hear(message) {
  store.change = Math.max(store.change, message.change);
  take(message, { news: true });
}

/** A message from while the line was broken; the welcome has counted it as unread already. */
function catchUp(message) {
  store.change = Math.max(store.change, message.change);
  take(message);
}

begin();
