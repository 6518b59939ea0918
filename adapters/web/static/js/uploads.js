// Files of a form: sent ahead of it, each by a request of its own.

import { _ } from "./language.js";
import { store } from "./store.js";

/** The words for the files that are chosen, by field, and a sentence for each that could not be sent. */
export async function uploaded(fields) {
  const files = {};
  const errors = {};
  for (const { name, file, limit } of fields.filter((each) => each.file?.())) {
    const chosen = file();
    if (chosen.size > limit) errors[name] = _("This file is too large: at most {n} MB.", { n: Math.floor(limit / 1e6) });
    else Object.assign(...(await sent(chosen, name, files, errors)));
  }
  return { files, errors };
}

async function sent(chosen, name, files, errors) {
  const address = new URL("/chat/upload", location.href);
  address.searchParams.set("as", store.me.id);
  address.searchParams.set("name", chosen.name);
  try {
    const answer = await fetch(address, { method: "POST", body: chosen });
    const { file, error } = await answer.json();
    return file ? [files, { [name]: file }] : [errors, { [name]: error }];
  } catch {
    return [errors, { [name]: _("The file did not get through: is the chat still there? Try again.") }];
  }
}
