// The list of completions above a text box: a combobox as screen readers know it.

import { choiceOptions, commandOptions, contextOf, hintOf, mentionOptions } from "./completion.js";
import { freshId, h } from "./dom.js";
import { _ } from "./language.js";
import { ask } from "./line.js";
import { store } from "./store.js";

const ASKED_KINDS = ["topic", "exam", "pair"];

/** Offers completions for `input` in `list`; tells `onhint` what is to be typed. */
export class Completer {
  constructor(input, onhint) {
    this.input = input;
    this.onhint = onhint;
    this.options = [];
    this.chosen = -1;
    this.context = null;
    this.round = 0;
    this.list = h("ul.completions", { id: freshId("completions"), role: "listbox", hidden: true, aria: { label: _("Completions") } });
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" })) input.setAttribute(key, value);
    input.addEventListener("input", () => this.update());
    input.addEventListener("blur", () => this.close());
  }

  async update() {
    const typed = this.input.value.slice(0, this.input.selectionStart);
    this.context = contextOf(typed, store.commands);
    this.round += 1;
    this.onhint(this.context ? hintOf(this.context) : "");
    if (!this.context) return this.close();
    const round = this.round;
    const options = await this.find(this.context);
    if (round === this.round && document.activeElement === this.input) this.show(options);
    return undefined;
  }

  async find({ stage, parameter, typed }) {
    if (stage === "command") return commandOptions(typed, store.commands);
    if (stage === "mention") return mentionOptions(typed, [...store.people.values()].map(({ name }) => name));
    if (parameter?.kind === "choice") return choiceOptions(parameter, typed);
    if (!parameter || !ASKED_KINDS.includes(parameter.kind)) return [];
    const answer = await ask({ do: "complete", kind: parameter.kind, typed }).catch(() => ({}));
    return (answer.options ?? []).map(({ value, label }) => ({ value, label: value, detail: label === value ? "" : label }));
  }

  show(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((option, place) => this.row(option, place)));
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.choose(this.context.stage === "parameter" || this.isGroup() ? -1 : 0);
  }

  /** Whether what is typed is the whole word before several commands: Enter sends it and lists them. */
  isGroup() {
    const typed = this.input.value.slice(0, this.input.selectionStart).toLowerCase();
    return this.context.stage === "command" && this.options.some(({ value }) => value.startsWith(`${typed} `));
  }

  row(option, place) {
    return h("li", { id: `${this.list.id}-${place}`, role: "option", aria: { selected: "false" }, onpointerdown: (event) => {
      event.preventDefault();
      this.accept(place);
    } }, h("b", {}, option.label), option.detail ? h("span.detail", {}, option.detail) : null, option.admin ? h("span.tag", {}, _("Admin")) : null);
  }

  choose(place) {
    this.chosen = this.options.length ? place : -1;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.chosen)));
    const row = this.list.children[this.chosen];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  accept(place) {
    const { value } = this.options[place];
    const cursor = this.input.selectionStart;
    const before = `${this.input.value.slice(0, this.context.start)}${value} `;
    this.input.value = before + this.input.value.slice(cursor).trimStart();
    this.input.setSelectionRange(before.length, before.length);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.round += 1;
    this.options = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  /** Handle a key. True when it was for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const count = this.options.length;
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp") this.choose((this.chosen - 1 + count) % count);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.accept(Math.max(0, this.chosen));
    else if (event.key === "Enter" && this.chosen >= 0 && !this.complete()) this.accept(this.chosen);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Whether what is typed is already the chosen option, so that Enter sends it. */
  complete() {
    const typed = this.input.value.slice(this.context.start, this.input.selectionStart);
    return typed.trim().toLowerCase() === this.options[this.chosen].value.toLowerCase();
  }
}
