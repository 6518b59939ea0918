// One's own page: today's question, streak, reviews due, progress.

import { failure } from "./acts.js";
import { draw } from "./cards/index.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";
import { ask } from "./line.js";
import { heading } from "./pane.js";

/** The page of the person who looks at it. */
export class HomePane {
  constructor() {
    this.place = null;
    this.content = h("div.home", { aria: { busy: "true" } }, h("p.lead", {}, _("One moment")));
    this.node = h("div.pane", {}, heading(_("My page"), _("Only you see this"), icon("home", 20)), h("div.scroller", {}, this.content));
  }

  async open() {
    const answer = await ask({ do: "home" }).catch((error) => ({ error: failure(error) }));
    this.content.setAttribute("aria-busy", "false");
    this.content.replaceChildren(answer.body ? draw(answer.body, null) : h("p.trouble", { role: "alert" }, answer.error));
  }

  again() {
    this.open();
  }

  take() {}
}
