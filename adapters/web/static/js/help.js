// What the keyboard can do, and a way into the commands.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { _ } from "./language.js";
import { rich } from "./text.js";

/** Keys with what they do; an array of keys is pressed together or one of them, a word in lower case stands between. */
const shortcuts = () => [
  [["/"], _("Type a command or a message")],
  [["Alt", "↑"], _("Place above")],
  [["Alt", "↓"], _("Place below")],
  [["↑", "↓"], _("From message to message, once one has the focus")],
  [["T"], _("Open the thread of the message that has the focus")],
  [["A", _("to"), "F"], _("Move to that option, once the question has the focus")],
  [["Enter"], _("Press, send, or take the completion")],
  [["Tab"], _("Take the completion")],
  [[_("Shift"), "Enter"], _("New line")],
  [["↑"], _("In the empty box: what you sent before")],
  [["Esc"], _("Close a list, a dialog or the thread")],
  [["?"], _("This help")],
];

/** Open the help. */
export function openHelp() {
  const rows = shortcuts().map(([keys, words]) => h("tr", {}, h("th", { scope: "row" }, keys.map(key)), h("td", {}, words)));
  openDialog(_("Help and shortcuts"), h("div.help", {},
    h("p", {}, rich(_("Type `/help` to see what Cloudlark can do, or `/quiz` and a topic to practise. Answers to questions are private: others see how many answered, not what."))),
    h("table.shortcuts", {}, h("caption.sr-only", {}, _("Shortcuts")), h("tbody", {}, rows))));
}

function key(name) {
  return name.length > 1 && name === name.toLowerCase() ? ` ${name} ` : h("kbd", {}, name);
}
