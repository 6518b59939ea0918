// Light, dark, or whatever the system says.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { keep, kept } from "./keep.js";
import { _ } from "./language.js";

const ORDER = ["auto", "light", "dark"];
const ICONS = { auto: "auto", light: "sun", dark: "moon" };
const WORDS = { auto: () => _("Theme: as the system"), light: () => _("Theme: light"), dark: () => _("Theme: dark") };

/** A button that goes through the themes. */
export function themeButton() {
  const button = h("button.ghost.round", { type: "button", onclick: () => choose(next()) });
  const choose = (theme) => {
    keep("theme", theme);
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    show();
  };
  const show = () => {
    const words = WORDS[current()]();
    button.replaceChildren(icon(ICONS[current()], 20));
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  show();
  return button;
}

const current = () => (ORDER.includes(kept("theme")) ? kept("theme") : "auto");
const next = () => ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length];
