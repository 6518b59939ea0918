// The column on the left: places, people, and oneself.

import { ask } from "./line.js";
import { avatar, face } from "./avatar.js";
import { openDialog } from "./dialogs.js";
import { h, unseen } from "./dom.js";
import { goToDoor } from "./door.js";
import { fillIn } from "./form.js";
import { icon } from "./icons.js";
import { _, locale, plural } from "./language.js";
import { addressOf, HOME } from "./places.js";
import { on, store } from "./store.js";

/** The navigation. It keeps itself up to date. */
export function sidebar() {
  const channels = h("ul");
  const direct = h("ul");
  const people = h("ul.people");
  const me = h("button.me", { type: "button", title: _("Your name"), onclick: openMe });
  const show = () => {
    const places = [...store.places.values()];
    channels.replaceChildren(...places.filter((place) => !place.direct).map(placeRow));
    direct.replaceChildren(homeRow(), ...places.filter((place) => place.direct).map(placeRow));
    people.replaceChildren(...peopleRows());
    me.replaceChildren(face(store.me.name), h("span.name", {}, store.me.name), unseen(_(": change your name")), icon("more", 20));
  };
  for (const event of ["welcome", "places", "people", "moved"]) on(event, show);
  return h("nav.sidebar", { id: "sidebar", aria: { label: _("Places and people") } },
    h("div.brand", {}, avatar("cloudlark"), h("div", {}, h("b", {}, "Cloudlark"), h("small", {}, _("Local team chat")))),
    h("div.places", {},
      direct,
      h("div.heading", {}, h("h2", {}, _("Channels")), h("button.ghost.round", { type: "button", title: _("Open a new channel"), onclick: openChannel }, icon("plus", 17), unseen(_("Open a new channel")))),
      channels,
      h("div.heading", {}, h("h2", {}, _("People"))),
      people),
    me);
}

function placeRow(place) {
  const unread = place.unread > 0 && store.place !== place.id;
  return h("li", {}, h("a.place", {
    href: addressOf(place.id), class: unread ? "unread" : "", aria: { current: store.place === place.id ? "page" : null },
  }, place.direct ? icon("at") : icon("hash"), h("span.name", {}, place.name),
  unread ? badge(place.unread) : null));
}

function badge(unread) {
  const shown = unread >= 99 ? "99+" : String(unread);
  return h("span.badge", {}, h("span", { aria: { hidden: "true" } }, shown), unseen(plural("{n} unread message", "{n} unread messages", unread)));
}

function homeRow() {
  return h("li", {}, h("a.place", { href: addressOf(HOME), aria: { current: store.place === HOME ? "page" : null } }, icon("home"), h("span.name", {}, _("My page"))));
}

function peopleRows() {
  const rows = [...store.people.values()].map((person) => ({ ...person, here: store.here.has(person.id) }));
  rows.sort((a, b) => Number(b.here) - Number(a.here) || a.name.localeCompare(b.name, locale()));
  return rows.map((person) => h("li", { class: person.here ? "here" : "" },
    face(person.name), h("span.name", {}, person.name, person.id === store.me.id ? [" ", h("small", {}, _("you"))] : null),
    person.admin ? h("span.tag", {}, _("Admin")) : null, unseen(person.here ? _(", here") : _(", away"))));
}

function openChannel() {
  const form = {
    title: _("Open a channel"), submit_label: _("Open"),
    fields: [{ kind: "text", name: "name", label: _("Name"), placeholder: "aws-evening", limit: 60, hint: _("Letters, digits and hyphens. Everyone here sees it.") }],
  };
  fillIn(form, (values) => ask({ do: "open", ...values }).then(onField("name")), { done: ({ place }) => { location.hash = addressOf(place); } });
}

function openMe() {
  const dialog = openDialog(_("You"), h("div.acts.column", {},
    h("button.act", { type: "button", onclick: () => { dialog.close(); openRename(); } }, _("Change my name")),
    h("button.act", { type: "button", onclick: goToDoor }, _("Be somebody else in this tab")),
    h("p.hint", {}, _("Each tab can be another person: open the chat in a second tab and choose another name there."))));
}

function openRename() {
  const form = {
    title: _("Change your name"), submit_label: _("Change"),
    fields: [{ kind: "text", name: "name", label: _("Your name"), value: store.me.name, limit: 60, autocomplete: "nickname" }],
  };
  fillIn(form, (values) => ask({ do: "rename", ...values }).then(onField("name")), { done: () => {} });
}

/** A refusal belongs to the one field of a form. */
const onField = (name) => ({ error, ...answer }) => (error ? { errors: { [name]: error } } : answer);
