// The strip above everything: no connection, a newer page, something that failed.

import { announce } from "./announce.js";
import { h, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { on } from "./store.js";

const PATIENCE = 500;

/** The strip. It shows itself when there is something to say. */
export function statusStrip() {
  const offline = h("p.strip.warn", { hidden: true }, h("span.spinner", { aria: { hidden: "true" } }), "Reconnecting… What was confirmed is safe.");
  const outdated = h("p.strip", { hidden: true }, "Cloudlark was updated. ", h("button.act", { type: "button", onclick: () => location.reload() }, "Reload the page"));
  const words = h("span");
  const trouble = h("p.strip.bad", { hidden: true, role: "alert" }, icon("warn"), words,
    h("button.ghost.round", { type: "button", title: "Close", onclick: () => { trouble.hidden = true; } }, icon("close"), unseen("Close")));
  let timer = 0;
  on("offline", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      offline.hidden = false;
      announce("Reconnecting");
    }, PATIENCE);
  });
  on("online", () => {
    clearTimeout(timer);
    if (!offline.hidden) announce("Connected again");
    offline.hidden = true;
  });
  on("outdated", () => { outdated.hidden = false; });
  on("trouble", (sentence) => {
    words.textContent = sentence;
    trouble.hidden = false;
  });
  return h("div.strips", {}, offline, outdated, trouble);
}
