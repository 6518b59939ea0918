// Building elements. Text enters the page as text nodes only.

/**
 * An element: h("button.primary", { onclick, aria: { label } }, "Save").
 * Properties that are null, undefined or false are left out; true is an empty attribute.
 */
export function h(spec, properties = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...nodes(children));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "data" || name === "aria") setAll(element, name, value);
  else if (name === "class") element.classList.add(...value.split(" ").filter(Boolean));
  else if (name === "vars") for (const [key, each] of Object.entries(value)) element.style.setProperty(`--${key}`, each);
  else element.setAttribute(name, value === true ? "" : value);
}

function setAll(element, prefix, values) {
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) element.setAttribute(`${prefix}-${key}`, value);
  }
}

function nodes(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

let last = 0;

/** An id that no other element has. */
export function freshId(prefix = "x") {
  last += 1;
  return `${prefix}-${last}`;
}

/** Words that only screen readers say. */
export function unseen(text) {
  return h("span.sr-only", {}, text);
}

/** Run a change of the page and keep the focus on the control with the same data-key. */
export function keepingFocus(inside, change) {
  const held = document.activeElement;
  const key = inside.contains(held) ? held.dataset.key : null;
  const fresh = change();
  if (key) fresh.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  return fresh;
}
