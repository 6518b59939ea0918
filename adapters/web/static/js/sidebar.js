// The column on the left: places, people, and oneself.

import { ask } from "./line.js";
import { avatar, face } from "./avatar.js";
import { openDialog } from "./dialogs.js";
import { h, unseen } from "./dom.js";
import { goToDoor } from "./door.js";
import { fillIn } from "./form.js";
import { icon } from "./icons.js";
import { addressOf, HOME } from "./places.js";
import { on, store } from "./store.js";

/** The navigation. It keeps itself up to date. */
export function sidebar() {
  const channels = h("ul");
  const direct = h("ul");
  const people = h("ul.people");
  const me = h("button.me", { type: "button", title: "Your name", onclick: openMe });
  const show = () => {
    const places = [...store.places.values()];
    channels.replaceChildren(...places.filter((place) => !place.direct).map(placeRow));
    direct.replaceChildren(homeRow(), ...places.filter((place) => place.direct).map(placeRow));
    people.replaceChildren(...peopleRows());
    me.replaceChildren(face(store.me.name), h("span.name", {}, store.me.name), unseen(": change your name"), icon("more", 20));
  };
  for (const event of ["welcome", "places", "people", "moved"]) on(event, show);
  return h("nav.sidebar", { id: "sidebar", aria: { label: "Places and people" } },
    h("div.brand", {}, avatar("cloudlark"), h("div", {}, h("b", {}, "Cloudlark"), h("small", {}, "Local team chat"))),
    h("div.places", {},
      direct,
      h("div.heading", {}, h("h2", {}, "Channels"), h("button.ghost.round", { type: "button", title: "Open a new channel", onclick: openChannel }, icon("plus", 17), unseen("Open a new channel"))),
      channels,
      h("div.heading", {}, h("h2", {}, "People")),
      people),
    me);
}

function placeRow(place) {
  const unread = place.unread > 0 && store.place !== place.id;
  return h("li", {}, h("a.place", {
    href: addressOf(place.id), class: unread ? "unread" : "", aria: { current: store.place === place.id ? "page" : null },
  }, place.direct ? icon("at") : icon("hash"), h("span.name", {}, place.name),
  unread ? h("span.badge", {}, place.unread >= 99 ? "99+" : String(place.unread), unseen(" unread")) : null));
}

function homeRow() {
  return h("li", {}, h("a.place", { href: addressOf(HOME), aria: { current: store.place === HOME ? "page" : null } }, icon("home"), h("span.name", {}, "My page")));
}

function peopleRows() {
  const rows = [...store.people.values()].map((person) => ({ ...person, here: store.here.has(person.id) }));
  rows.sort((a, b) => Number(b.here) - Number(a.here) || a.name.localeCompare(b.name));
  return rows.map((person) => h("li", { class: person.here ? "here" : "" },
    face(person.name), h("span.name", {}, person.name, person.id === store.me.id ? h("small", {}, " you") : null),
    person.admin ? h("span.tag", {}, "Admin") : null, unseen(person.here ? ", here" : ", away")));
}

function openChannel() {
  const form = {
    title: "Open a channel", submit_label: "Open",
    fields: [{ kind: "text", name: "name", label: "Name", placeholder: "aws-evening", limit: 60, hint: "Letters, digits and hyphens. Everyone here sees it." }],
  };
  fillIn(form, (values) => ask({ do: "open", ...values }).then(onField("name")), { done: ({ place }) => { location.hash = addressOf(place); } });
}

function openMe() {
  const dialog = openDialog("You", h("div.acts.column", {},
    h("button.act", { type: "button", onclick: () => { dialog.close(); openRename(); } }, "Change my name"),
    h("button.act", { type: "button", onclick: goToDoor }, "Be somebody else in this tab"),
    h("p.hint", {}, "Each tab can be another person: open the chat in a second tab and choose another name there.")));
}

function openRename() {
  const form = {
    title: "Change your name", submit_label: "Change",
    fields: [{ kind: "text", name: "name", label: "Your name", value: store.me.name, limit: 60, autocomplete: "nickname" }],
  };
  fillIn(form, (values) => ask({ do: "rename", ...values }).then(onField("name")), { done: () => {} });
}

/** A refusal belongs to the one field of a form. */
const onField = (name) => ({ error, ...answer }) => (error ? { errors: { [name]: error } } : answer);
