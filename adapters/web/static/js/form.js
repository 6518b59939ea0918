// Forms in a dialog: filled in, handed in, and told in words what is wrong with them.

import { failure, follow } from "./acts.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { field } from "./fields.js";
import { _ } from "./language.js";
import { ask } from "./line.js";
import { uploaded } from "./uploads.js";

/** Open a form of the tutor's. */
export function openForm({ form, message = null, place = null, back = null }) {
  const hand = (values, files) => ask({ do: "submit", form: form.id, values, files, message, place });
  return fillIn(form, hand, { back });
}

/**
 * Open a form in a dialog. `hand` takes the values by name and resolves with the server's answer;
 * the dialog stays open, with what was typed, until that answer names no error.
 */
export function fillIn(form, hand, { back = null, done = follow } = {}) {
  const fields = form.fields.map(field);
  const trouble = h("p.trouble", { role: "alert" });
  const give = h("button.act.primary", { type: "submit" }, form.submit_label);
  const content = h("form", { novalidate: true },
    form.intro ? h("p.intro", {}, form.intro) : null,
    fields.map(({ node }) => node), trouble,
    h("div.acts", {}, give, h("button.act", { type: "button", onclick: () => dialog.close() }, _("Cancel"))));
  const dialog = openDialog(form.title, content, { back: back ?? document.activeElement });
  content.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (give.disabled) return;
    give.disabled = true;
    const answer = await attempt(async () => {
      const { files, errors } = await uploaded(fields);
      return Object.keys(errors).length ? { errors } : hand(valuesOf(fields), files);
    });
    give.disabled = false;
    if (show(answer, fields, trouble)) return;
    dialog.close();
    done(answer);
  });
  fields[0]?.focus();
  return dialog;
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    return { error: failure(error) };
  }
}

function valuesOf(fields) {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value()]));
}

/** Show what is wrong; the first wrong field gets the focus. True when something is. */
function show(answer, fields, trouble) {
  const errors = { ...answer.errors };
  trouble.textContent = answer.error ?? "";
  for (const { name, fail } of fields) fail(errors[name] ?? "");
  const first = fields.find(({ name }) => errors[name]);
  first?.focus();
  first?.node.scrollIntoView({ block: "nearest" });
  const others = Object.entries(errors).filter(([name]) => !fields.some((each) => each.name === name));
  if (others.length) trouble.textContent = others.map(([, sentence]) => sentence).join(" ");
  return Boolean(answer.error || Object.keys(errors).length);
}
