// Native dialogs: they hold the focus, close with Escape, and give the focus back.

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { _ } from "./language.js";

/** Open a dialog with a title. Returns its element; `back` gets the focus when it closes. */
export function openDialog(title, content, { back = document.activeElement, kind = "" } = {}) {
  const id = freshId("title");
  const dialog = h("dialog", { class: kind, aria: { labelledby: id } },
    h("header", {},
      h("h2", { id }, title),
      h("button.ghost.round", { type: "button", title: _("Close"), aria: { label: _("Close") }, onclick: () => dialog.close() }, icon("close", 20))),
    content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back?.isConnected) back.focus();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Show a picture as large as the window allows. */
export function showPicture(address, words) {
  openDialog(_("Picture"), h("figure", {}, h("img", { src: address, alt: words }), h("figcaption", {}, words)), { kind: "wide" });
}
