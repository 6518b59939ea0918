// The fields of a form. Each knows its value as a text and shows its own error.

import { freshId, h } from "./dom.js";
import { _ } from "./language.js";

const MANY_CHOICES = 6;

/** A field: `node` to show, `name`, `value()` as the server wants it, `fail(sentence)`, `focus()`. */
export function field(description) {
  const made = { text: textField, choice: choiceField, switch: switchField, file: fileField };
  return made[description.kind](description);
}

function textField(given) {
  const ids = idsOf(given);
  const input = h(given.long ? "textarea" : "input", {
    id: ids.input, name: given.name, type: given.long ? null : (given.type ?? "text"), rows: given.long ? 5 : null,
    maxlength: given.limit, placeholder: given.placeholder, autocomplete: given.autocomplete ?? "off",
    "aria-required": given.required ? "true" : null, aria: { describedby: `${ids.hint} ${ids.error}` },
  });
  input.value = given.value ?? "";
  const node = h("div.field", {}, h("label", { for: ids.input }, given.label, optional(given)), input, ...ends(given, ids));
  return made(given, node, input, () => input.value);
}

function choiceField(given) {
  if (given.many) return groupField(given, "checkbox");
  return given.options.length < MANY_CHOICES ? groupField(given, "radio") : selectField(given);
}

function selectField(given) {
  const ids = idsOf(given);
  const input = h("select", { id: ids.input, name: given.name, aria: { describedby: `${ids.hint} ${ids.error}` } },
    given.required && given.value ? null : h("option", { value: "" }, _("Choose one")),
    given.options.map(({ value, label }) => h("option", { value, selected: value === given.value }, label)));
  const node = h("div.field", {}, h("label", { for: ids.input }, given.label, optional(given)), input, ...ends(given, ids));
  return made(given, node, input, () => input.value);
}

function groupField(given, type) {
  const ids = idsOf(given);
  const chosen = type === "checkbox" ? given.value.split(",") : [given.value];
  const boxes = given.options.map(({ value, label }) => h("label.choice", {},
    h("input", { type, name: given.name, value, checked: chosen.includes(value) }), h("span", {}, label)));
  const node = h("fieldset.field", { aria: { describedby: `${ids.hint} ${ids.error}` } },
    h("legend", {}, given.label, optional(given)), h("div.choices", {}, boxes), ...ends(given, ids));
  const ticked = () => [...node.querySelectorAll("input:checked")].map((input) => input.value).join(",");
  return made(given, node, boxes[0]?.firstElementChild, ticked);
}

function switchField(given) {
  const ids = idsOf(given);
  const input = h("input", { id: ids.input, type: "checkbox", role: "switch", name: given.name, checked: given.on, aria: { describedby: `${ids.hint} ${ids.error}` } });
  const node = h("div.field.yes-no", {}, h("label.choice", {}, input, h("span", {}, given.label)), ...ends(given, ids));
  return made(given, node, input, () => (input.checked ? "on" : ""));
}

function fileField(given) {
  const ids = idsOf(given);
  const input = h("input", {
    id: ids.input, type: "file", name: given.name, accept: given.accept,
    "aria-required": given.required ? "true" : null, aria: { describedby: `${ids.hint} ${ids.error}` },
  });
  const node = h("div.field", {}, h("label", { for: ids.input }, given.label, optional(given)), input, ...ends(given, ids));
  return { ...made(given, node, input, () => ""), file: () => input.files[0] ?? null, limit: given.limit };
}

function made(given, node, input, value) {
  const error = node.querySelector(".error");
  const fail = (sentence) => {
    error.textContent = sentence;
    if (sentence) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  };
  return { name: given.name, node, value, fail, focus: () => input?.focus() };
}

function idsOf(given) {
  const base = freshId(given.name);
  return { input: base, hint: `${base}-hint`, error: `${base}-error` };
}

function ends(given, ids) {
  return [given.hint ? h("p.hint", { id: ids.hint }, given.hint) : null, h("p.error", { id: ids.error })];
}

function optional(given) {
  return given.required === false && given.kind !== "switch" ? [" ", h("small", {}, _("(optional)"))] : null;
}
