// The strip above everything: no connection, a newer page, something that failed.

import { announce } from "./announce.js";
import { h, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { on } from "./store.js";

const PATIENCE = 500;

/** The place for strips. They show themselves when there is something to say. */
export function statusStrip() {
  const place = h("div.strips");
  showOffline(place);
  on("outdated", () => put(place, "outdated", outdated()));
  on("trouble", (sentence) => put(place, "trouble", trouble(sentence)));
  return place;
}

/** A short break goes by without a word. */
function showOffline(place) {
  let timer = null;
  on("offline", () => {
    timer ??= setTimeout(() => {
      put(place, "offline", offline());
      announce(_("The connection broke. It comes back by itself."));
    }, PATIENCE);
  });
  on("online", () => {
    clearTimeout(timer);
    timer = null;
    if (take(place, "offline")) announce(_("Connected again"));
  });
}

function put(place, name, strip) {
  take(place, name);
  strip.dataset.name = name;
  place.append(strip);
}

function take(place, name) {
  const strip = place.querySelector(`[data-name="${name}"]`);
  strip?.remove();
  return Boolean(strip);
}

const offline = () => h("p.strip.warn", {}, h("span.spinner", { aria: { hidden: "true" } }), _("Reconnecting… What was confirmed is safe."));

const outdated = () => h("p.strip", {}, _("Cloudlark was updated."), " ", h("button.act", { type: "button", onclick: () => location.reload() }, _("Reload the page")));

function trouble(sentence) {
  const close = h("button.ghost.round", { type: "button", title: _("Close"), onclick: () => strip.remove() }, icon("close"), unseen(_("Close")));
  const strip = h("p.strip.bad", { role: "alert" }, icon("warn"), h("span", {}, sentence), close);
  return strip;
}
