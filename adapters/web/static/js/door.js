// The door: a password where one is set, then a name.

import { h } from "./dom.js";
import { field } from "./fields.js";
import { dropFromTab, keep, keepInTab, kept, keptInTab } from "./keep.js";
import { avatar, face } from "./avatar.js";
import { _ } from "./language.js";
import { themeButton } from "./theme.js";
import { scene } from "./scene.js";

/** Find out who this tab is, asking where that is open. Resolves with the person. */
export async function enter(root) {
  const wanted = new URLSearchParams(location.search).get("as");
  history.replaceState(null, "", location.pathname + location.hash);
  let known = await look(root);
  if (known.password) {
    await atDoor(root, passwordForm);
    known = await look(root);
  }
  const person = remembered(known.people, wanted) ?? (await atDoor(root, nameForm, known.people, wanted));
  keepInTab("as", person.id);
  keep("last", person.id);
  return person;
}

/** Go back to the door in this tab, to be somebody else. */
export function goToDoor() {
  dropFromTab("as");
  location.assign("/?as=new");
}

/** Who this browser may be; waits while the program does not answer. */
async function look(root) {
  for (;;) {
    const answer = await call("GET", "/chat/door");
    if (!answer.error) return answer;
    root.replaceChildren(frame(h("p.trouble", { role: "alert" }, answer.error)));
    await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  }
}

function remembered(people, wanted) {
  if (wanted === "new") return null;
  if (wanted) return people.find(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ?? null;
  const ids = [keptInTab("as"), kept("last")];
  return ids.map((id) => people.find((person) => person.id === id)).find(Boolean) ?? null;
}

function atDoor(root, form, ...rest) {
  return new Promise((resolve) => {
    const { node, focus } = form(resolve, ...rest);
    root.replaceChildren(frame(node));
    focus();
  });
}

function frame(...content) {
  return h("div.door", {}, scene(), h("div.corner", {}, themeButton()),
    h("main.welcome", {}, h("div.brand", {}, avatar("cloudlark"), h("h1", {}, "Cloudlark")), ...content));
}

function passwordForm(resolve) {
  const password = field({ kind: "text", name: "password", label: _("Password"), type: "password", limit: 400, autocomplete: "current-password", hint: _("The person who runs this chat knows it.") });
  return doorForm([h("p.lead", {}, _("This chat has a password."))], password, _("Open the door"), async () => {
    const answer = await call("POST", "/chat/unlock", { password: password.value() });
    return answer.error ? answer : resolve(answer);
  });
}

function nameForm(resolve, people, wanted) {
  const name = field({ kind: "text", name: "name", label: _("Your name"), value: wanted === "new" ? "" : (wanted ?? ""), limit: 60, autocomplete: "nickname", placeholder: "Ada" });
  const lead = h("p.lead", {}, _("A team chat on this machine, with a tutor in it. Who are you?"));
  return doorForm([lead, acquaintances(people, resolve)], name, _("Enter"), async () => {
    const answer = await call("POST", "/chat/enter", { name: name.value() });
    return answer.error ? answer : resolve(answer);
  });
}

function acquaintances(people, resolve) {
  if (!people.length) return null;
  const buttons = people.map((person) => h("button.act", { type: "button", onclick: () => resolve(person) }, face(person.name), person.name));
  return h("div.back", {}, h("h2", {}, _("Come back as")), h("div.acts", {}, buttons), h("h2", {}, _("or as somebody new")));
}

function doorForm(before, input, words, hand) {
  const trouble = h("p.trouble", { role: "alert" });
  const give = h("button.act.primary.large", { type: "submit" }, words);
  const node = h("form", { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    give.disabled = true;
    const answer = await hand();
    give.disabled = false;
    if (!answer?.error) return;
    input.fail(answer.field ? answer.error : "");
    trouble.textContent = answer.field ? "" : answer.error;
    input.focus();
  } }, before, input.node, trouble, give);
  return { node, focus: input.focus };
}

/** Ask the door. Whatever fails becomes a sentence in `error`. */
async function call(method, address, body = null) {
  try {
    const response = await fetch(address, { method, body: body && JSON.stringify(body), headers: body ? { "Content-Type": "application/json" } : {} });
    return await response.json();
  } catch {
    return { error: _("The chat does not answer. Is the program running? This page tries again by itself.") };
  }
}
